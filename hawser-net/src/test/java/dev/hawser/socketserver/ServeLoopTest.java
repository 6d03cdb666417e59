package dev.hawser.socketserver;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop and the steps of a request, in a server that has them overridden. */
@Timeout(60)
class ServeLoopTest {

    private static final Sockaddr LOOPBACK = SockaddrIn.of("127.0.0.1", 0);

    private final ConcurrentLinkedQueue<AutoCloseable> made = new ConcurrentLinkedQueue<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private CapturedLog log;

    @BeforeEach
    void captureTheLog() {
        log = new CapturedLog("dev.hawser.socketserver");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : made) {
            if (each instanceof BaseServer<?> server) {
                server.shutdown();
            }
            each.close();
        }
        log.close();
    }

    /** What a handler throws, or another step. */
    private static final class Deliberate extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Writes down the steps of its requests; each can be made to fail. */
    private class Traced extends TcpServer {

        volatile boolean verifies = true;
        final List<String> failing = new CopyOnWriteArrayList<>();

        Traced(RequestHandler<Socket> handler) throws IOException {
            super(LOOPBACK, handler);
            made.add(this);
        }

        private void step(String name) {
            steps.add(name);
            if (failing.remove(name)) {
                throw new Deliberate();
            }
        }

        @Override
        public boolean verifyRequest(Socket request, Sockaddr clientAddress) {
            step("verify");
            return verifies;
        }

        @Override
        public void finishRequest(Socket request, Sockaddr clientAddress) throws Exception {
            step("finish");
            super.finishRequest(request, clientAddress);
        }

        @Override
        public void shutdownRequest(Socket request) {
            step("shutdown");
            super.shutdownRequest(request);
        }

        @Override
        public void closeRequest(Socket request) {
            step("close");
            super.closeRequest(request);
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            steps.add("error " + error.getClass().getSimpleName());
            step("error");
        }
    }

    private static void greet(Socket request, Sockaddr client, BaseServer<Socket> server) throws IOException {
        request.sendAll("hello".getBytes(UTF_8));
    }

    private Socket client(BaseServer<?> server) throws IOException {
        Socket client = new Socket(server.addressFamily(), server.socketType());
        made.add(client);
        client.setTimeout(Duration.ofSeconds(20));
        client.connect(server.serverAddress());
        return client;
    }

    /** What the server sends until it closes the connection. */
    private String greeting(BaseServer<?> server) throws IOException {
        try (Socket client = client(server);
                InputStream stream = client.makeFileInput()) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    private static Tasks<Void> serve(BaseServer<?> server) {
        return Tasks.run(server::serveForever).awaitWaiting();
    }

    private void awaitSteps(String... expected) {
        eventually().untilAsserted(() -> assertThat(steps).containsExactly(expected));
    }

    @Test
    void aRequestGoesThroughItsStepsInOrder() throws Exception {
        Traced server = new Traced(ServeLoopTest::greet);
        serve(server);

        assertThat(greeting(server)).isEqualTo("hello");

        awaitSteps("verify", "finish", "shutdown", "close");
    }

    @Test
    void aRequestThatIsNotVerifiedIsShutDown() throws Exception {
        Traced server = new Traced(ServeLoopTest::greet);
        server.verifies = false;
        serve(server);

        assertThat(greeting(server)).isEmpty();

        awaitSteps("verify", "shutdown", "close");
    }

    @Test
    void whatVerifyRequestThrowsIsReported() throws Exception {
        Traced server = new Traced(ServeLoopTest::greet);
        server.failing.add("verify");
        serve(server);

        assertThat(greeting(server)).isEmpty();

        awaitSteps("verify", "error Deliberate", "error", "shutdown", "close");
        assertThat(greeting(server)).isEqualTo("hello");
    }

    @Test
    void anErrorOfAHandlerIsReportedAsWell() throws Exception {
        Traced server = new Traced((request, client, of) -> {
            throw new StackOverflowError();
        });
        serve(server);

        assertThat(greeting(server)).isEmpty();

        awaitSteps("verify", "finish", "error StackOverflowError", "error", "shutdown", "close");
    }

    @Test
    void whatHandleErrorThrowsEndsTheLoopAfterTheRequestWasShutDown() throws Exception {
        Traced server = new Traced((request, client, of) -> {
            throw new IllegalStateException();
        });
        server.failing.add("error");
        Tasks<Void> loop = serve(server);

        assertThat(greeting(server)).isEmpty();

        assertThatThrownBy(loop::result).isInstanceOf(Deliberate.class);
        assertThat(steps)
                .containsExactly("verify", "finish", "error IllegalStateException", "error", "shutdown", "close");
    }

    @Test
    void aShutdownRequestThatThrowsIsReportedAndTheConnectionClosed() throws Exception {
        Traced server = new Traced(ServeLoopTest::greet);
        server.failing.addAll(List.of("shutdown", "shutdown"));
        serve(server);

        assertThat(greeting(server)).isEqualTo("hello");

        awaitSteps("verify", "finish", "shutdown", "error Deliberate", "error", "shutdown", "close");
        assertThat(greeting(server)).isEqualTo("hello");
    }

    @Test
    void shutdownInAHandlerOfTheLoopReturnsAndTheLoopEndsAfterTheRequest() throws Exception {
        Traced server = new Traced((request, client, of) -> {
            of.shutdown();
            of.shutdown();
            greet(request, client, of);
        });
        Tasks<Void> loop = serve(server);

        assertThat(greeting(server)).isEqualTo("hello");

        loop.result();
        assertThat(server.socket().isClosed()).isFalse();
    }

    @Test
    void serverCloseInAHandlerEndsTheLoopAfterTheRequest() throws Exception {
        Traced server = new Traced((request, client, of) -> {
            of.serverClose();
            greet(request, client, of);
        });
        Tasks<Void> loop = serve(server);

        assertThat(greeting(server)).isEqualTo("hello");

        loop.result();
        assertThat(server.socket().isClosed()).isTrue();
    }

    @Test
    void aHandlerCannotServeWithItsOwnServer() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Traced server = new Traced((request, client, of) -> {
            try {
                of.handleRequest();
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });
        serve(server);

        greeting(server);

        assertThat(thrown)
                .singleElement()
                .satisfies(each -> assertThat(each).hasMessageContaining("a handler must not"));
    }

    @Test
    void anInterruptThatAHandlerPassesOnEndsTheLoop() throws Exception {
        Traced server = new Traced((request, client, of) -> {
            throw new InterruptedException();
        });
        Tasks<Void> loop = serve(server);

        assertThat(greeting(server)).isEmpty();

        assertThatThrownBy(loop::result).isInstanceOf(SocketInterruptedException.class);
        assertThat(steps).contains("error InterruptedException", "close");
    }

    @Test
    void noRequestIsTakenAfterShutdown() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Traced server = new Traced((request, client, of) -> {
            begun.countDown();
            goOn.await();
        });
        Tasks<Void> loop = serve(server);
        Socket first = client(server);
        Socket second = client(server);
        begun.await();
        Tasks<Void> shutdown = Tasks.run(server::shutdown).awaitParked();

        goOn.countDown();

        shutdown.result();
        loop.result();
        assertThat(first.recv(1)).isEmpty();
        assertThat(steps).containsOnlyOnce("verify");
        second.setTimeout(Duration.ZERO);
        assertThatThrownBy(() -> second.recv(1)).isInstanceOf(WouldBlockException.class);
    }

    @Test
    void closingTheClientsEndsTheirHandlersAndIsNoError() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Traced server = new Traced((request, client, of) -> {
            InputStream stream = request.makeFileInput();
            begun.countDown();
            try {
                stream.read();
            } catch (IOException e) {
                thrown.add(e);
                throw e;
            } finally {
                stream.close();
            }
        });
        serve(server);
        Socket client = client(server);
        begun.await();

        eventually().until(() -> {
            server.closeClients();
            return steps.contains("close");
        });

        assertThat(client.recv(1)).isEmpty();
        assertThat(thrown).hasOnlyElementsOfType(SocketClosedException.class).hasSize(1);
        assertThat(steps).noneMatch(each -> each.startsWith("error"));
        assertThat(server.state().inProgress().size()).isZero();
    }

    @Test
    void aSocketThatTheHandlerClosedItselfIsAnError() throws Exception {
        Traced server = new Traced((request, client, of) -> {
            request.close();
            request.recv(1);
        });
        serve(server);

        assertThat(greeting(server)).isEmpty();

        awaitSteps("verify", "finish", "error SocketClosedException", "error", "shutdown", "close");
    }

    @Test
    void aRequestThatIsGoneWhenItIsTakenIsNoneAndTheLoopDoesNotHang() throws Exception {
        try (Faults faults = Faults.install()) {
            Traced server = new Traced(ServeLoopTest::greet);
            faults.on("accept4").times(3).fail(Errno.EAGAIN);
            Tasks<Void> loop = serve(server);

            assertThat(greeting(server)).isEqualTo("hello");

            assertThat(faults.count("accept4")).isEqualTo(3);
            faults.on("accept4").times(1).fail(Errno.ECONNABORTED);
            assertThat(greeting(server)).isEqualTo("hello");
            assertThat(server.socket().getTimeout()).isNull();
            server.shutdown();
            loop.result();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void aConnectionThatWasResetBeforeItIsTakenHarmsNobody() throws Exception {
        Traced server = new Traced(ServeLoopTest::greet);
        for (int i = 0; i < 3; i++) {
            try (Socket client = client(server)) {
                client.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
            }
        }

        serve(server);

        assertThat(greeting(server)).isEqualTo("hello");
    }

    @Test
    void aShortageIsReportedOnceAndTheClientIsServedAfterARest() throws Exception {
        try (Faults faults = Faults.install()) {
            Traced server = new Traced(ServeLoopTest::greet);
            faults.on("accept4").times(3).fail(Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM);
            serve(server);
            long begun = System.nanoTime();

            // Of three rests in a row, ENFILE has come first, when there was no rest yet.
            assertThat(greeting(server)).isEqualTo("hello");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(ofMillis(300));
            assertThat(log.messages())
                    .singleElement()
                    .satisfies(text -> assertThat(text).contains("for now"));
            assertThat(faults.seen("accept4")).isEqualTo(4);
        }
    }

    @Test
    void aShortageThatOutlastsARestTurnsClientsAway() throws Exception {
        try (Faults faults = Faults.install()) {
            Traced server = new Traced(ServeLoopTest::greet);
            serve(server);
            assertThat(greeting(server)).isEqualTo("hello");
            steps.clear();
            // The spare one is given up at the third call, which succeeds.
            faults.on("accept4").times(2).fail(Errno.EMFILE);

            assertThat(greeting(server)).isEmpty();

            awaitSteps("shutdown", "close");
            assertThat(greeting(server)).isEqualTo("hello");
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void shutdownEndsTheRestOfALoop() throws Exception {
        try (Faults faults = Faults.install()) {
            Traced server = new Traced(ServeLoopTest::greet);
            faults.on("accept4").fail(Errno.ENOBUFS);
            Tasks<Void> loop = serve(server);
            Socket client = client(server);
            eventually().until(() -> faults.count("accept4") > 0);

            server.shutdown();

            loop.result();
            client.close();
        }
    }

    @Test
    void aGetRequestThatFailsIsReportedOnceWithoutABusyLoop() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TcpServer server = new TcpServer(LOOPBACK, ServeLoopTest::greet) {
            @Override
            public @Nullable ReceivedRequest<Socket> getRequest() throws IOException {
                if (calls.incrementAndGet() <= 3) {
                    throw new IOException("not now");
                }
                return super.getRequest();
            }
        };
        made.add(server);
        serve(server);
        long begun = System.nanoTime();

        assertThat(greeting(server)).isEqualTo("hello");

        assertThat(calls).hasValue(4);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(ofMillis(200));
        assertThat(log.records())
                .singleElement()
                .satisfies(each -> assertThat(each.getThrown()).hasMessage("not now"));
    }

    @Test
    void aServerThatDoesNotListenRestsAndEnds() throws Exception {
        TcpServer server = new TcpServer(LOOPBACK, ServeLoopTest::greet, false);
        made.add(server);
        server.serverBind();
        Tasks<Void> loop = Tasks.run(server::serveForever);
        eventually().until(() -> !log.records().isEmpty());

        server.shutdown();

        loop.result();
        assertThat(log.records()).hasSize(1);
    }

    @Test
    void serviceActionsAreCalledBeforeTheFirstWaitAndAfterEachRequest() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        TcpServer server = new TcpServer(LOOPBACK, ServeLoopTest::greet) {
            @Override
            public void serviceActions() {
                turns.incrementAndGet();
            }
        };
        made.add(server);
        Tasks<Void> loop = serve(server);
        assertThat(turns).hasValue(1);

        greeting(server);

        eventually().until(() -> turns.get() == 2);
        server.shutdown();
        loop.result();
        Tasks.run(() -> server.serveForever(ofMillis(1)));
        eventually().until(() -> turns.get() > 10);
    }

    @Test
    void whatServiceActionsThrowsEndsTheLoop() throws Exception {
        TcpServer server = new TcpServer(LOOPBACK, ServeLoopTest::greet) {
            @Override
            public void serviceActions() throws IOException {
                throw new IOException("no more");
            }
        };
        made.add(server);

        assertThatThrownBy(server::serveForever).isInstanceOf(IOException.class).hasMessage("no more");
    }

    @Test
    void handleRequestTellsWhenTheShorterOfTheTimeoutsHasPassed() throws Exception {
        AtomicInteger told = new AtomicInteger();
        TcpServer server = new TcpServer(LOOPBACK, ServeLoopTest::greet) {
            @Override
            public Duration timeout() {
                return ofMillis(30);
            }

            @Override
            public void handleTimeout() {
                told.incrementAndGet();
            }
        };
        made.add(server);
        long begun = System.nanoTime();
        server.handleRequest();
        assertThat(told).hasValue(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(ofMillis(30));

        server.socket().setTimeout(Duration.ofHours(1));
        server.handleRequest();
        server.socket().setTimeout(Duration.ZERO);
        server.handleRequest();

        assertThat(told).hasValue(3);
    }

    @Test
    void aConnectionHasTheIdleTimeout() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        TcpServer server = new TcpServer(LOOPBACK, (request, client, of) -> request.recv(1)) {
            @Override
            public Duration idleTimeout() {
                return ofMillis(20);
            }

            @Override
            public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
                thrown.add(error);
            }
        };
        made.add(server);
        serve(server);

        assertThat(client(server).recv(1)).isEmpty();

        assertThat(thrown).hasOnlyElementsOfType(TimedOutException.class).hasSize(1);
    }

    @Test
    void optionsAreSetThatAServerAsksFor() throws Exception {
        TcpServer server = new TcpServer(LOOPBACK, ServeLoopTest::greet) {
            @Override
            public boolean allowReuseAddress() {
                return true;
            }

            @Override
            public boolean allowReusePort() {
                return true;
            }
        };
        made.add(server);

        assertThat(server.socket().getSockOpt(Constants.SOL_SOCKET, Constants.SO_REUSEADDR))
                .isEqualTo(1);
        assertThat(server.socket().getSockOpt(Constants.SOL_SOCKET, Constants.SO_REUSEPORT))
                .isEqualTo(1);
        Traced plain = new Traced(ServeLoopTest::greet);
        assertThat(plain.socket().getSockOpt(Constants.SOL_SOCKET, Constants.SO_REUSEADDR))
                .isZero();
        assertThat(plain.socket().getSockOpt(Constants.SOL_SOCKET, Constants.SO_REUSEPORT))
                .isZero();
    }
}
