package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CPythonTable;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What CPython's tests of socketserver ask for, each under its name; those of the forking servers are in {@code ForkingServersTest}. */
@Timeout(120)
class CPythonSocketserverTest {

    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);
    private static final int BIG = 16 << 20;

    @TempDir
    Path directory;

    private final List<String> steps = new CopyOnWriteArrayList<>();

    /** A line comes back. */
    static final class EchoLine extends StreamRequestHandler {
        @Override
        protected void handle() throws IOException {
            wfile().write(rfile().readLine(1000));
        }
    }

    /** A datagram comes back. */
    static final class EchoDatagram extends DatagramRequestHandler {
        @Override
        protected void handle() throws IOException {
            wfile().write(rfile().readAllBytes());
        }
    }

    /** Does nothing. */
    static final class Idle extends StreamRequestHandler {
        @Override
        protected void handle() {}
    }

    @Test
    @RequiresProgram("python3")
    void everyTestOfCPythonIsAnswered() throws Exception {
        assertThat(CPythonTable.problems(getClass(), "test.test_socketserver")).isEmpty();
    }

    private static void echoes(BaseServer<?> server, ServerKind kind) throws Exception {
        assertThat(server.serverAddress()).isEqualTo(server.socket().getSockName());
        Tasks<Void> loop = Tasks.run(server::serveForever);
        for (int i = 0; i < 3; i++) {
            assertThat(kind.ask(server.serverAddress(), "hello world")).isEqualTo("hello world");
        }
        server.shutdown();
        loop.result();
        server.serverClose();
        assertThat(server.socket().fileno()).isEqualTo(-1);
    }

    private Sockaddr path(ServerKind kind) {
        return kind.address(directory);
    }

    @Test
    void tcpServer() throws Exception {
        echoes(new TcpServer(ANY_PORT, EchoLine.class), ServerKind.TCP4);
    }

    @Test
    void threadingTcpServer() throws Exception {
        echoes(new ThreadingTcpServer(ANY_PORT, EchoLine.class), ServerKind.TCP4);
    }

    @Test
    void unixStreamServer() throws Exception {
        echoes(new UnixStreamServer(path(ServerKind.UNIX_STREAM), EchoLine.class), ServerKind.UNIX_STREAM);
    }

    @Test
    void threadingUnixStreamServer() throws Exception {
        echoes(new ThreadingUnixStreamServer(path(ServerKind.UNIX_STREAM), EchoLine.class), ServerKind.UNIX_STREAM);
    }

    @Test
    void udpServer() throws Exception {
        echoes(new UdpServer(ANY_PORT, EchoDatagram.class), ServerKind.UDP4);
    }

    @Test
    void threadingUdpServer() throws Exception {
        echoes(new ThreadingUdpServer(ANY_PORT, EchoDatagram.class), ServerKind.UDP4);
    }

    @Test
    void unixDatagramServer() throws Exception {
        echoes(new UnixDatagramServer(path(ServerKind.UNIX_DATAGRAM), EchoDatagram.class), ServerKind.UNIX_DATAGRAM);
    }

    @Test
    void threadingUnixDatagramServer() throws Exception {
        echoes(
                new ThreadingUnixDatagramServer(path(ServerKind.UNIX_DATAGRAM), EchoDatagram.class),
                ServerKind.UNIX_DATAGRAM);
    }

    @Test
    void shutdown() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (TcpServer server = new TcpServer(ANY_PORT, Idle.class)) {
                Tasks<Void> loop = Tasks.run(server::serveForever);
                server.shutdown();
                loop.result();
            }
        }
    }

    @Test
    void closeImmediately() throws Exception {
        ThreadingTcpServer server = new ThreadingTcpServer(ANY_PORT, Idle.class);

        server.serverClose();

        assertThat(server.fileno()).isEqualTo(-1);
    }

    @Test
    void tcpserverBindLeak() throws Exception {
        try (TcpServer taken = new TcpServer(ANY_PORT, Idle.class)) {
            for (int i = 0; i < 1024; i++) {
                assertThatThrownBy(() -> new TcpServer(taken.serverAddress(), Idle.class))
                        .isInstanceOf(BindException.class);
            }
        }
    }

    @Test
    void contextManager() throws Exception {
        TcpServer server = new TcpServer(ANY_PORT, Idle.class);

        try (server) {
            assertThat(server.socket().fileno()).isNotNegative();
        }

        assertThat(server.socket().fileno()).isEqualTo(-1);
    }

    private void fail(Socket request, Sockaddr client, BaseServer<Socket> server) {
        steps.add("handler called");
        throw new IllegalStateException("test error");
    }

    /** What a handler has thrown ends here, or passes through, as BaseExceptions do in Python. */
    private class ErrorServer extends TcpServer {

        private final boolean handles;

        ErrorServer(boolean handles) throws IOException {
            super(ANY_PORT, CPythonSocketserverTest.this::fail);
            this.handles = handles;
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            if (!handles) {
                throw (RuntimeException) error;
            }
            steps.add("error handled");
        }

        @Override
        public void shutdownRequest(Socket request) {
            super.shutdownRequest(request);
            steps.add("shut down");
        }
    }

    private final class ThreadingErrorServer extends ErrorServer implements ThreadingMixIn<Socket> {

        final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

        ThreadingErrorServer(boolean handles) throws IOException {
            super(handles);
        }

        @Override
        public ThreadFactory threadFactory() {
            return Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, error) -> uncaught.add(error))
                    .factory();
        }
    }

    private static void connectAndLeave(BaseServer<?> server) throws IOException {
        ServerKind.TCP4.client(server.serverAddress()).close();
    }

    @Test
    void syncHandled() throws Exception {
        try (ErrorServer server = new ErrorServer(true)) {
            connectAndLeave(server);

            server.handleRequest();
        }
        assertThat(steps).containsExactly("handler called", "error handled", "shut down");
    }

    @Test
    void syncNotHandled() throws Exception {
        try (ErrorServer server = new ErrorServer(false)) {
            connectAndLeave(server);

            assertThatThrownBy(server::handleRequest).isInstanceOf(IllegalStateException.class);
        }
        assertThat(steps).containsExactly("handler called", "shut down");
    }

    @Test
    void threadingHandled() throws Exception {
        try (ThreadingErrorServer server = new ThreadingErrorServer(true)) {
            connectAndLeave(server);

            server.handleRequest();
        }
        assertThat(steps).containsExactly("handler called", "error handled", "shut down");
    }

    @Test
    void threadingNotHandled() throws Exception {
        try (ThreadingErrorServer server = new ThreadingErrorServer(false)) {
            connectAndLeave(server);

            server.handleRequest();
            server.serverClose();

            assertThat(server.uncaught).singleElement().isInstanceOf(IllegalStateException.class);
        }
        assertThat(steps).containsExactly("handler called", "shut down");
    }

    /** Writes, and tells the test what it has written with. */
    private static final class Writer extends StreamRequestHandler {

        private final List<Object> seen;

        Writer(List<Object> seen) {
            this.seen = seen;
        }

        @Override
        protected void handle() throws IOException {
            wfile().write("write data\n".getBytes(UTF_8));
            seen.add(request() == connection());
            seen.add(new String(rfile().readLine(100), UTF_8));
            wfile().write(new byte[BIG]);
        }
    }

    @Test
    void writerBasics() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (TcpServer server = new TcpServer(ANY_PORT, RequestHandler.from(() -> new Writer(seen)));
                Socket client = ServerKind.TCP4.client(server.serverAddress())) {
            Tasks<Void> one = Tasks.run(server::handleRequest);

            assertThat(Answers.readLine(client)).isEqualTo("write data");

            client.sendAll("\n".getBytes(UTF_8));
            try (InputStream rest = client.makeFileInput()) {
                assertThat(rest.skip(BIG)).isPositive();
                rest.transferTo(OutputStream.nullOutputStream());
            }
            one.result();
            assertThat(seen).containsExactly(true, "\n");
        }
    }

    @Test
    void writerWrite() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (Faults faults = Faults.install();
                TcpServer server = new TcpServer(ANY_PORT, RequestHandler.from(() -> new Writer(seen)));
                Socket client = ServerKind.TCP4.client(server.serverAddress())) {
            // A signal of CPython's test is EINTR in the middle of it here.
            faults.on("send").every(3).fail(Errno.EINTR);
            faults.on("send").every(5).shortTo(1000);
            Tasks<Void> one = Tasks.run(server::handleRequest);

            // Sent at once, without a flush.
            assertThat(Answers.readLine(client)).isEqualTo("write data");
            client.sendAll("client response\n".getBytes(UTF_8));

            try (InputStream rest = client.makeFileInput()) {
                assertThat(rest.transferTo(OutputStream.nullOutputStream())).isEqualTo(BIG);
            }
            one.result();
            assertThat(seen).containsExactly(true, "client response\n");
            assertThat(faults.count("send")).isPositive();
        }
    }

    @Test
    @RequiresProgram("python3")
    void all() throws Exception {
        try (Peer python = Peers.python("import socketserver; print(*socketserver.__all__, sep='\\n')")) {
            assertThat(python.readLines()).isNotEmpty().allSatisfy(name -> {
                String ours = name.replace("TCP", "Tcp").replace("UDP", "Udp");
                assertThat(Class.forName("dev.hawser.socketserver." + ours)).isPublic();
            });
        }
    }

    @Test
    void shutdownRequestCalledIfVerifyRequestFalse() throws Exception {
        AtomicInteger shutDown = new AtomicInteger();
        TcpServer server = new TcpServer(ANY_PORT, Idle.class) {
            @Override
            public boolean verifyRequest(Socket request, Sockaddr clientAddress) {
                return false;
            }

            @Override
            public void shutdownRequest(Socket request) {
                shutDown.incrementAndGet();
                super.shutdownRequest(request);
            }
        };
        try (server) {
            connectAndLeave(server);

            server.handleRequest();
        }
        assertThat(shutDown).hasValue(1);
    }

    @Test
    void threadsReaped() throws Exception {
        try (ThreadingTcpServer server = new ThreadingTcpServer(ANY_PORT, Idle.class)) {
            for (int i = 0; i < 10; i++) {
                try (Socket client = ServerKind.TCP4.client(server.serverAddress())) {
                    server.handleRequest();
                    client.setTimeout(Duration.ofSeconds(20));
                    assertThat(client.recv(1)).isEmpty();
                }
            }

            eventually().until(() -> server.state().inProgress().size() == 0);
        }
    }
}
