package dev.hawser.socketserver;

import static dev.hawser.socket.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.Tasks;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that has no descriptor left, in truth. */
@Timeout(60)
class ShortageTest {

    private static final String CLIENTS = """
            import socket, sys
            for line in sys.stdin:
                with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20) as client:
                    print(client.recv(100).decode(), flush=True)
            """;

    private static void greet(Socket request, Sockaddr client, BaseServer<Socket> server) throws IOException {
        request.sendAll("hello".getBytes(UTF_8));
    }

    private static TcpServer server() throws IOException {
        return new TcpServer(SockaddrIn.of("127.0.0.1", 0), ShortageTest::greet);
    }

    private static String limit(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "prlimit", "--pid", Long.toString(ProcessHandle.current().pid())));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        // Closed here: the JDK closes the pipe of a process that has ended some time later.
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }

    private static int highestDescriptor() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.mapToInt(each -> Integer.parseInt(each.getFileName().toString()))
                    .max()
                    .orElseThrow();
        }
    }

    private static void useUp(List<Socket> fillers) throws IOException {
        while (true) {
            try {
                fillers.add(new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM));
            } catch (IOException e) {
                if (e instanceof SocketError error && error.errno() == Errno.EMFILE) {
                    return;
                }
                throw e;
            }
        }
    }

    private static void release(List<Socket> fillers) throws IOException {
        for (Socket each : fillers) {
            each.close();
        }
        fillers.clear();
    }

    private static String ask(Peer clients) throws IOException {
        clients.writeLine("connect");
        return clients.readLine();
    }

    /** A class cannot be loaded later, without a descriptor. */
    private static void loadWhatIsNeeded() throws Exception {
        try (Faults faults = Faults.install();
                TcpServer server = server();
                Socket client = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            Tasks<Void> loop = Tasks.run(server::serveForever);
            faults.on("accept4").times(4).fail(Errno.EMFILE);
            client.connect(server.serverAddress());
            eventually().until(() -> faults.count("accept4") == 4);
            server.shutdown();
            loop.result();
        }
    }

    @Test
    @RequiresProgram({"prlimit", "python3"})
    void clientsAreTurnedAwayUntilThereAreDescriptorsAgain() throws Exception {
        String before = limit("--nofile", "--output", "SOFT", "--noheadings");
        List<Socket> fillers = new ArrayList<>();
        try (CapturedLog log = new CapturedLog("dev.hawser.socketserver")) {
            loadWhatIsNeeded();
            try (TcpServer server = server();
                    Peer clients =
                            Peers.python(CLIENTS, Integer.toString(((SockaddrIn) server.serverAddress()).port()))) {
                Tasks<Void> loop = Tasks.run(server::serveForever);
                assertThat(ask(clients)).isEqualTo("hello");
                // The client has its answer before the server has given the connection's descriptor back.
                eventually().until(() -> server.state().inProgress().size() == 0);
                log.records().clear();
                limit("--nofile=" + (highestDescriptor() + 10) + ":");
                useUp(fillers);

                for (int i = 0; i < 2 * server.requestQueueSize(); i++) {
                    assertThat(ask(clients)).isEmpty();
                }
                assertThat(log.messages()).singleElement().asString().contains("cannot take requests for now");

                release(fillers);
                assertThat(ask(clients)).isEqualTo("hello");
                server.shutdown();
                loop.result();
            } finally {
                release(fillers);
                limit("--nofile=" + before + ":");
            }
        }
    }
}
