package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.UnixOptions;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the server classes' Javadoc, compiled and run. */
@Timeout(60)
class ServerSnippetsTest {

    @TempDir
    Path directory;

    private static final List<String> REFUSED = new CopyOnWriteArrayList<>();

    // @start region="steps"
    /** Serves this machine alone, waits half a minute for a client at most, and says in its own words what went wrong. */
    static class LocalServer extends TcpServer {

        LocalServer(RequestHandler<Socket> handler) throws IOException {
            super(SockaddrIn.of("127.0.0.1", 0), handler);
        }

        @Override
        public int requestQueueSize() {
            return 128;
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public boolean verifyRequest(Socket request, Sockaddr clientAddress) {
            return clientAddress instanceof SockaddrIn client && client.host().startsWith("127.");
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            REFUSED.add(clientAddress + " was not served: " + error.getMessage());
        }
    }
    // @end

    @Test
    void theStepsOfARequestCanBeOverridden() throws Exception {
        try (LocalServer server = new LocalServer((request, client, of) -> {
                    throw new IOException("closed today");
                });
                Socket client = ServerKind.TCP4.client(server.serverAddress())) {
            server.handleRequest();

            assertThat(client.recv(1)).isEmpty();
            assertThat(REFUSED).singleElement().asString().contains("127.0.0.1", "closed today");
        }
    }

    private static void serveTcp(Sockaddr address) throws IOException {
        // @start region="tcp"
        RequestHandler<Socket> echo = (request, client, server) -> {
            for (byte[] some = request.recv(8192); some.length > 0; some = request.recv(8192)) {
                request.sendAll(some);
            }
        };
        try (TcpServer server = new TcpServer(address, echo)) { // SockaddrIn.of("0.0.0.0", 7) is RFC 862's
            server.serveForever();
        }
        // @end
    }

    @Test
    void anEchoServerIsAFewLines() throws Exception {
        Sockaddr address;
        try (TcpServer free = new TcpServer(SockaddrIn.of("127.0.0.1", 0), Answers.OfStream.class)) {
            address = free.serverAddress();
        }
        Tasks<Void> server = Tasks.run(() -> serveTcp(address));
        eventually()
                .ignoreExceptions()
                .until(() -> ServerKind.TCP4.ask(address, "hello").equals("hello"));

        server.interrupt();

        assertThatThrownBy(server::result).isInstanceOf(SocketInterruptedException.class);
    }

    @Test
    void aServerOfDatagramsAnswersFromItsSocket() throws Exception {
        Sockaddr anyPort = SockaddrIn.of("127.0.0.1", 0);
        // @start region="udp"
        RequestHandler<DatagramRequest> upper = (request, client, server) -> {
            String text = new String(request.data(), UTF_8);
            request.socket().sendTo(text.toUpperCase(Locale.ROOT).getBytes(UTF_8), client);
        };
        UdpServer server = new UdpServer(anyPort, upper);
        // @end
        try (server) {
            Tasks<Void> one = Tasks.run(server::handleRequest);
            assertThat(ServerKind.UDP4.ask(server.serverAddress(), "hello")).isEqualTo("HELLO");
            one.result();
        }
    }

    @Test
    void aUnixServerKnowsWhoseProcessItsClientIs() throws Exception {
        Path path = directory.resolve("who.sock");
        // @start region="unix"
        RequestHandler<Socket> who = (request, client, server) -> {
            int pid = request.getSockOpt(UnixOptions.SO_PEERCRED).pid();
            request.sendAll((pid + "\n").getBytes(UTF_8));
        };
        UnixStreamServer server = new UnixStreamServer(SockaddrUn.of(path), who);
        // @end
        try (server) {
            Tasks<Void> one = Tasks.run(server::handleRequest);
            assertThat(ServerKind.UNIX_STREAM.ask(server.serverAddress(), ""))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
            one.result();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aUnixServerOfDatagramsHasClientsWithNames() throws Exception {
        Path path = directory.resolve("log.sock");
        List<String> lines = new CopyOnWriteArrayList<>();
        // @start region="unixDatagram"
        RequestHandler<DatagramRequest> log =
                (request, client, server) -> lines.add(client + " " + new String(request.data(), UTF_8));
        UnixDatagramServer server = new UnixDatagramServer(SockaddrUn.of(path), log);
        // @end
        try (server;
                Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            client.bind(SockaddrUn.of(directory.resolve("client.sock")));
            client.sendTo("hello".getBytes(UTF_8), SockaddrUn.of(path));

            server.handleRequest();

            assertThat(lines).singleElement().asString().endsWith("client.sock hello");
        }
    }
}
