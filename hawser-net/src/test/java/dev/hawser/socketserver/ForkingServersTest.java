package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers with worker processes: the contract of all servers, and CPython's tests of forking ones. */
@Timeout(120)
class ForkingServersTest {

    private static final List<String> SMALL_AND_SOON_STARTED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);

    @TempDir
    Path directory;

    /** A line comes back, as from CPython's handler. */
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

    private interface Serving {
        void run() throws Exception;
    }

    private static void whileServing(BaseServer<?> server, Serving test) throws Exception {
        Tasks<Void> loop = Tasks.run(server::serveForever);
        try {
            assertThat(server.serverAddress()).isEqualTo(server.socket().getSockName());
            test.run();
        } finally {
            server.shutdown();
            loop.result();
            server.serverClose();
        }
    }

    private static void echoes(BaseServer<?> server, ServerKind kind) throws Exception {
        whileServing(server, () -> {
            for (int i = 0; i < 3; i++) {
                assertThat(kind.ask(server.serverAddress(), "hello world")).isEqualTo("hello world");
            }
        });
        assertThat(Processes.ourChildren()).isEmpty();
    }

    @Test
    void forkingTcpServer() throws Exception {
        echoes(new ForkingTcpServer(ANY_PORT, EchoLine.class), ServerKind.TCP4);
    }

    @Test
    void forkingUdpServer() throws Exception {
        echoes(new ForkingUdpServer(ANY_PORT, EchoDatagram.class), ServerKind.UDP4);
    }

    @Test
    void forkingUnixStreamServer() throws Exception {
        SockaddrUn address = SockaddrUn.of(directory.resolve("stream"));
        echoes(new ForkingUnixStreamServer(address, EchoLine.class), ServerKind.UNIX_STREAM);
    }

    @Test
    void forkingUnixDatagramServer() throws Exception {
        SockaddrUn address = SockaddrUn.of(directory.resolve("datagram"));
        echoes(new ForkingUnixDatagramServer(address, EchoDatagram.class), ServerKind.UNIX_DATAGRAM);
    }

    private static final class ErrorServer extends ForkingTcpServer {

        final BlockingQueue<Throwable> handled = new LinkedBlockingQueue<>();

        ErrorServer() throws IOException {
            super(ANY_PORT, ForkedHandlers.Obedient.class);
        }

        @Override
        public int maxChildren() {
            return 1;
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            handled.add(error);
        }
    }

    /** What the handler throws is handled, and the worker lives on. */
    @Test
    void forkingHandled() throws Exception {
        ErrorServer server = new ErrorServer();
        whileServing(server, () -> {
            assertThat(Asking.ask(server.serverAddress(), "throw it")).isEmpty();
            assertThat(server.handled.poll(30, TimeUnit.SECONDS))
                    .isInstanceOf(WorkerException.class)
                    .hasMessage("java.lang.IllegalStateException: it");
        });
    }

    /** An exit is none of the handler's errors: it ends the worker, which is what is told. */
    @Test
    void forkingNotHandled() throws Exception {
        ErrorServer server = new ErrorServer();
        whileServing(server, () -> {
            assertThat(Asking.ask(server.serverAddress(), "exit 1")).isEmpty();
            assertThat(server.handled.poll(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            WorkerDiedException.class,
                            death -> assertThat(death.exitStatus()).isEqualTo(1));
        });
        assertThat(server.handled).isEmpty();
    }

    /** A connected client hears its server's address alone. */
    @Test
    void datagramsAreAnsweredFromTheServersAddressByWorkersThatAreReplaced() throws Exception {
        ForkingUdpServer server = new ForkingUdpServer(ANY_PORT, ForkedHandlers.PidAndDatagram.class) {
            @Override
            public int maxRequestsPerWorker() {
                return 3;
            }

            @Override
            public List<String> workerOptions() {
                return SMALL_AND_SOON_STARTED;
            }
        };
        List<String> pids = new ArrayList<>();
        whileServing(server, () -> {
            try (Socket client = ServerKind.UDP4.client(server.serverAddress())) {
                for (int i = 0; i < 8; i++) {
                    ServerKind.UDP4.send(client, "datagram " + i);
                    String[] answer = ServerKind.UDP4.receive(client).split(" ", 2);
                    assertThat(answer[1]).isEqualTo("datagram " + i);
                    pids.add(answer[0]);
                }
            }
        });
        Set<String> different = new HashSet<>(pids);
        assertThat(different).hasSizeGreaterThanOrEqualTo(3);
        assertThat(different).allMatch(pid -> Collections.frequency(pids, pid) <= 3);
    }

    @Test
    void aRequestThatNoWorkerCanTakeFailsAndTheReasonIsLogged() throws Exception {
        CapturedLog log = new CapturedLog("dev.hawser.socketserver");
        try {
            ForkingTcpServer server = new ForkingTcpServer(ANY_PORT, EchoLine.class) {
                @Override
                public List<String> workerOptions() {
                    return List.of("-Xmx1k"); // no JVM starts with so little
                }
            };
            whileServing(
                    server,
                    () -> assertThat(ServerKind.TCP4.ask(server.serverAddress(), "hello"))
                            .isEmpty());
        } finally {
            log.close();
        }
        assertThat(log.messages())
                .filteredOn(message -> message.startsWith("cannot start worker processes"))
                .hasSize(1);
        assertThat(log.records().getFirst().getThrown()).hasMessageContaining("exit status 1");
        assertThat(log.messages()).anyMatch(message -> message.contains("a request from 127.0.0.1:"));
    }

    /** Workers are started for need only, so that a contract that serves nobody starts none. */
    @Nested
    class Tcp4 extends ServerContract {
        Tcp4() {
            super(ServerKind.TCP4);
        }

        @Override
        BaseServer<?> open(Sockaddr address) throws IOException {
            return new ForkingTcpServer(address, Answers.OfStream.class) {
                @Override
                public int minSpareWorkers() {
                    return 0;
                }

                @Override
                public List<String> workerOptions() {
                    return SMALL_AND_SOON_STARTED;
                }
            };
        }
    }

    /** With the long tests: each of the contract's costs the start of a worker. */
    @Tag("soak")
    @Nested
    class UnixDatagram extends ServerContract {
        UnixDatagram() {
            super(ServerKind.UNIX_DATAGRAM);
        }

        @Override
        BaseServer<?> open(Sockaddr address) throws IOException {
            return new ForkingUnixDatagramServer(address, Answers.OfDatagram.class) {
                @Override
                public int minSpareWorkers() {
                    return 0;
                }

                @Override
                public List<String> workerOptions() {
                    return SMALL_AND_SOON_STARTED;
                }
            };
        }
    }
}
