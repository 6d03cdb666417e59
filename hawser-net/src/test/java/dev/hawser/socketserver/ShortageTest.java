package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that has no descriptor left, in truth. */
@Timeout(90)
class ShortageTest {

    private static final Duration START = Duration.ofSeconds(30);

    /** More than a JVM opens for itself, the jars of its class path among them. */
    private static final int DESCRIPTORS = 256;

    private static final String CLIENTS = """
            import socket, sys
            for line in sys.stdin:
                with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20) as client:
                    print(client.recv(100).decode(), flush=True)
            """;

    private static Peer server() throws IOException {
        List<String> command = new ArrayList<>(List.of("--nofile=" + DESCRIPTORS));
        command.addAll(TestJvm.command(ShortageServer.class));
        return Peers.start("prlimit", command.toArray(String[]::new));
    }

    private static String ask(Peer clients) throws IOException {
        clients.writeLine("connect");
        return clients.readLine();
    }

    private static void tell(Peer server, String command) throws IOException {
        server.writeLine(command);
        assertThat(server.readLine()).isEqualTo(command);
    }

    /** What the server has written to stderr before this line. */
    private static List<String> logUntil(Peer server, String last) {
        List<String> lines = new ArrayList<>();
        for (String line = server.readErrorLine(); !line.equals(last); line = server.readErrorLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    @RequiresProgram({"prlimit", "python3"})
    void clientsAreTurnedAwayUntilThereAreDescriptorsAgain() throws Exception {
        try (Peer server = server()) {
            SockaddrIn address = (SockaddrIn) Sockaddr.parse(server.readLine(START));
            int requestQueueSize = Integer.parseInt(server.readLine());
            try (Peer clients = Peers.python(CLIENTS, Integer.toString(address.port()))) {
                assertThat(ask(clients)).isEqualTo("hello");
                tell(server, "fill");
                logUntil(server, "fill");

                for (int i = 0; i < 2 * requestQueueSize; i++) {
                    assertThat(ask(clients)).isEmpty();
                }

                tell(server, "release");
                assertThat(logUntil(server, "release"))
                        .singleElement()
                        .asString()
                        .contains("cannot take requests for now");
                assertThat(ask(clients)).isEqualTo("hello");
            }
            server.closeInput();
            assertThat(server.readLine()).isEqualTo("ended");
            assertThat(server.awaitExit()).isZero();
            assertThat(logUntil(server, "ended")).isEmpty();
        }
    }
}
