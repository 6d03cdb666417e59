package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.concurrency.Await;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.ThreadKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests in threads of their own: how many, how they end, and what a server does with them when it is closed. */
class ThreadingMixInTest {

    /** A server whose settings are fields, and which keeps what is reported. */
    private static final class Server extends ThreadingTcpServer {

        private final BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        private final AtomicInteger shutDown = new AtomicInteger();
        private ThreadFactory threadFactory = super.threadFactory();
        private int maxRequests = 100;
        private boolean blockOnClose = true;
        private boolean daemonThreads;
        private @Nullable RuntimeException inHandleError;

        Server(RequestHandler<Socket> handler) throws IOException {
            super(SockaddrIn.of("127.0.0.1", 0), handler);
        }

        @Override
        public ThreadFactory threadFactory() {
            return threadFactory;
        }

        @Override
        public int maxRequests() {
            return maxRequests;
        }

        @Override
        public boolean blockOnClose() {
            return blockOnClose;
        }

        @Override
        public boolean daemonThreads() {
            return daemonThreads;
        }

        @Override
        public int requestQueueSize() {
            return 100;
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            reported.add(error);
            if (inHandleError != null) {
                throw inHandleError;
            }
        }

        @Override
        public void shutdownRequest(Socket request) {
            super.shutdownRequest(request);
            shutDown.incrementAndGet();
        }

        Throwable nextReported() throws InterruptedException {
            Throwable next = reported.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("something was reported").isNotNull();
            return next;
        }
    }

    /** Says which thread it is in, then waits for a byte of the client or for its end, and sends one back. */
    private static final RequestHandler<Socket> PATIENT = (connection, client, server) -> {
        connection.sendAll(Thread.currentThread().getName().getBytes(US_ASCII));
        connection.sendAll(connection.recv(1));
    };

    private static RunningServer<Server> run(RequestHandler<Socket> handler) throws IOException {
        return RunningServer.of(new Server(handler));
    }

    /** A client whose handler has begun. */
    private static Socket begin(RunningServer<?> running) throws IOException {
        Socket client = running.connect();
        assertThat(client.recv(100)).isNotEmpty();
        return client;
    }

    private static void release(Socket client) throws IOException {
        client.sendAll("x".getBytes(US_ASCII));
        assertThat(client.recv(100)).asString().isEqualTo("x");
        assertThat(client.recv(100)).as("the end").isEmpty();
    }

    private static void awaitParkedIn(Thread thread, String method) {
        Await.until(
                "parked in " + method,
                () -> (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING)
                        && List.of(thread.getStackTrace()).toString().contains(method));
    }

    @Test
    void clientsAreServedSideBySide() throws Exception {
        try (var running = run(PATIENT);
                Socket first = begin(running);
                Socket second = begin(running)) {
            assertThat(running.server().activeRequests()).isEqualTo(2);
            release(second);
            release(first);
            eventually().until(() -> running.server().activeRequests() == 0);
        }
    }

    @Test
    void aThreadIsVirtualAndNamedAfterItsClient() throws Exception {
        try (var running = run((connection, client, server) ->
                        connection.sendAll((Thread.currentThread().isVirtual() + " "
                                        + Thread.currentThread().getName())
                                .getBytes(US_ASCII)));
                Socket client = running.connect()) {
            assertThat(client.recv(100)).asString().isEqualTo("true request from " + client.getSockName());
        }
    }

    @Test
    void aThreadMayBeOfAnotherKindAndKeepItsName() throws Exception {
        try (var running = run((connection, client, server) -> connection.sendAll((Thread.currentThread()
                                .isDaemon() + " " + Thread.currentThread().getName())
                .getBytes(US_ASCII)))) {
            running.server().threadFactory =
                    Thread.ofPlatform().name("mine-", 7).factory();
            try (Socket client = running.connect()) {
                assertThat(client.recv(100)).asString().isEqualTo("false mine-7");
            }
            running.server().threadFactory = Thread.ofPlatform().factory();
            running.server().daemonThreads = true;
            try (Socket client = running.connect()) {
                assertThat(client.recv(100)).asString().isEqualTo("true request from " + client.getSockName());
            }
        }
    }

    @Test
    void finishedThreadsAreForgottenAtOnce() throws Exception {
        try (Server server = new Server((connection, client, itself) -> {})) {
            for (int i = 1; i <= 100; i++) {
                try (Socket client = new Socket(server.addressFamily(), server.socketType())) {
                    client.connect(server.serverAddress());
                    server.handleRequest();
                    assertThat(client.recv(1)).isEmpty();
                }
            }
            eventually().until(() -> server.activeRequests() == 0);
            assertThat(server.shutDown).hasValue(100);
        }
    }

    @Test
    void whatIsBeyondTheLimitWaitsInTheKernelsQueueAndIsServedLater() throws Exception {
        try (var running = run(PATIENT)) {
            running.server().maxRequests = 2;
            List<Socket> clients = new ArrayList<>(List.of(begin(running), begin(running)));
            for (int i = 0; i < 20; i++) {
                clients.add(running.connect()); // the kernel has accepted it
            }
            for (Socket client : clients) {
                if (clients.indexOf(client) >= 2) {
                    assertThat(client.recv(100)).as("its turn has come").isNotEmpty();
                }
                assertThat(running.server().activeRequests()).isLessThanOrEqualTo(2);
                release(client);
                client.close();
            }
        }
    }

    @Test
    void shutdownEndsALoopThatWaitsForRoom() throws Exception {
        try (var running = run(PATIENT)) {
            running.server().maxRequests = 1;
            try (Socket served = begin(running);
                    Socket waiting = running.connect()) {
                running.server().shutdown();
                running.awaitEnd();
                release(served);
                eventually().until(() -> running.server().activeRequests() == 0);
                assertThat(waiting.getPeerName()).isEqualTo(running.address());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void aHandlerMayShutDownAServerThatWaitsForRoom(ThreadKind kind) throws Exception {
        try (var running = run((connection, client, server) -> {
            connection.sendAll(connection.recv(1));
            server.shutdown();
            connection.sendAll("!".getBytes(US_ASCII));
        })) {
            useThreadsOf(kind, running.server());
            running.server().maxRequests = 1;
            try (Socket client = running.connect()) {
                client.sendAll("x".getBytes(US_ASCII));
                assertThat(client.recv(1)).asString().isEqualTo("x");
                assertThat(client.recv(1)).asString().isEqualTo("!");
                running.awaitEnd();
            }
        }
    }

    private static void useThreadsOf(ThreadKind kind, Server server) {
        if (kind == ThreadKind.PLATFORM) {
            server.threadFactory = Thread.ofPlatform().factory();
        }
    }

    @Test
    void severalHandlersMayCloseTheServerAtOnce() throws Exception {
        CountDownLatch together = new CountDownLatch(5);
        RequestHandler<Socket> closing = (connection, client, server) -> {
            connection.sendAll("begun".getBytes(US_ASCII));
            together.countDown();
            together.await();
            server.shutdown();
            server.serverClose();
            connection.sendAll("closed".getBytes(US_ASCII));
        };
        try (var running = run(closing)) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(running.connect());
            }
            together.await();
            running.server().serverClose(); // one more, from outside
            for (Socket client : clients) {
                client.shutdown(SHUT_WR);
                assertThat(new String(allOf(client), US_ASCII)).isEqualTo("begunclosed");
                client.close();
            }
            assertThat(running.server().activeRequests()).isZero();
            running.awaitEnd();
        }
    }

    /** Closes itself from the loop's own thread. */
    private static final class ClosesItself extends ThreadingTcpServer {

        private final BlockingQueue<Thread> handlers = new LinkedBlockingQueue<>();

        ClosesItself() throws IOException {
            super(SockaddrIn.of("127.0.0.1", 0), (connection, client, server) -> {
                ((ClosesItself) server).handlers.add(Thread.currentThread());
                server.shutdown();
                connection.sendAll("!".getBytes(US_ASCII));
            });
        }

        @Override
        public void serviceActions() throws IOException {
            if (activeRequests() == 1) {
                try {
                    awaitParkedIn(handlers.take(), "ServeLoop.shutdown");
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                serverClose();
            }
        }
    }

    @Test
    void theLoopsThreadMayCloseTheServerWhileAHandlerShutsItDown() throws Exception {
        try (var running = RunningServer.of(new ClosesItself());
                Socket client = running.connect()) {
            assertThat(client.recv(1)).asString().isEqualTo("!");
            running.awaitEnd();
        }
    }

    private static byte[] allOf(Socket client) throws IOException {
        try (InputStream in = client.makeFileInput()) {
            return in.readAllBytes();
        }
    }

    @Test
    void serverCloseWaitsForTheRequestsInProgress() throws Exception {
        try (var running = run(PATIENT);
                Socket client = begin(running)) {
            Server server = running.server();
            Thread closing = Thread.ofPlatform().start(() -> closeUnchecked(server));
            awaitParkedIn(closing, "RequestThreads.join");
            assertThat(server.socket().isClosed()).isTrue();
            release(client);
            closing.join();
            assertThat(server.activeRequests()).isZero();
        }
    }

    private static void closeUnchecked(Server server) {
        try {
            server.serverClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void serverCloseDoesNotWaitWhereItIsToldNotTo() throws Exception {
        try (var running = run(PATIENT);
                Socket first = begin(running)) {
            running.server().blockOnClose = false;
            running.server().serverClose();
            assertThat(running.server().activeRequests()).isEqualTo(1);
            running.server().blockOnClose = true;
            running.server().daemonThreads = true;
            running.server().serverClose();
            release(first);
            running.server().daemonThreads = false;
        }
    }

    @Test
    void anInterruptEndsTheWaitOfServerClose() throws Exception {
        try (var running = run(PATIENT);
                Socket client = begin(running)) {
            Server server = running.server();
            InThread<Void> closing = InThread.start(ThreadKind.PLATFORM, () -> {
                server.serverClose();
                return null;
            });
            Await.until("closed", () -> server.socket().isClosed());
            closing.interrupt();
            assertThat(closing.failure())
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("interrupted with requests in progress: 1; the server is closed");
            assertThat(closing.interruptedAtEnd()).isTrue();
            release(client);
        }
    }

    @Test
    void drainTellsWhetherTheRequestsHaveEndedInTime() throws Exception {
        try (var running = run(PATIENT)) {
            Server server = running.server();
            assertThat(server.drain(Duration.ZERO)).isTrue();
            try (Socket client = begin(running)) {
                assertThat(server.drain(Duration.ofMillis(1))).isFalse();
                InThread<Boolean> draining =
                        InThread.start(ThreadKind.VIRTUAL, () -> server.drain(Duration.ofSeconds(30)));
                release(client);
                assertThat(draining.result()).isTrue();
            }
        }
    }

    @Test
    void closeClientsEndsHandlersThatWaitForTheirs() throws Exception {
        try (var running = RunningServer.of(new Server(RequestHandler.streams((rfile, wfile) -> {
                    wfile.write('!');
                    rfile.readLine();
                })));
                Socket client = begin(running)) {
            running.server().closeClients();
            assertThat(client.recv(1)).isEmpty();
            assertThat(running.server().drain(Duration.ofSeconds(30))).isTrue();
            assertThat(running.server().reported).isEmpty();
        }
    }

    @Test
    void aServerThatNeverServedHasNothingToWaitFor() throws Exception {
        Server server = new Server(PATIENT);
        server.serverClose();
        server.serverClose();
        assertThat(server.state().mixInOrNull(RequestThreads.class)).isNull();
        assertThat(server.activeRequests()).isZero();
    }

    @Test
    void aRequestThatComesWhileTheServerIsClosedIsNotBegun() throws Exception {
        Server server = new Server(PATIENT);
        try (Socket client = new Socket(server.addressFamily(), server.socketType())) {
            client.connect(server.serverAddress());
            ReceivedRequest<Socket> received = server.getRequest();
            server.serverClose();
            server.processRequest(received.request(), received.clientAddress());
            assertThat(client.recv(100)).isEmpty();
            assertThat(server.activeRequests()).isZero();
        }
    }

    @Test
    void aFactoryThatMakesNoThreadIsReportedAndItsRequestIsShutDown() throws Exception {
        IllegalStateException refused = new IllegalStateException("not today");
        try (var running = run(PATIENT)) {
            Server server = running.server();
            ThreadFactory before = server.threadFactory;
            server.threadFactory = task -> null;
            assertCutOff(running);
            assertThat(server.nextReported())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("made no thread");
            server.threadFactory = task -> {
                throw refused;
            };
            assertCutOff(running);
            assertThat(server.nextReported()).isSameAs(refused);
            server.threadFactory = before;
            try (Socket client = begin(running)) {
                release(client);
            }
        }
    }

    @Test
    void aThreadThatCannotStartIsReportedAndItsRequestIsShutDown() throws Exception {
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
        try (var running = run(PATIENT)) {
            Server server = running.server();
            server.maxRequests = 1;
            server.threadFactory = task -> new Thread(task) {
                @Override
                public void start() {
                    throw noThread;
                }
            };
            for (int i = 0; i < 3; i++) {
                assertCutOff(running);
                assertThat(server.nextReported()).isSameAs(noThread);
            }
            assertThat(server.activeRequests()).isZero();
        }
    }

    private static void assertCutOff(RunningServer<Server> running) throws IOException {
        try (Socket client = running.connect()) {
            assertThat(client.recv(100)).as("the end").isEmpty();
        }
    }

    @Test
    void whatAHandlerThrowsIsReportedInItsThreadAndEndsItsRequestAlone() throws Exception {
        AssertionError broken = new AssertionError("broken");
        try (var running = run((connection, client, server) -> {
            if (connection.recv(1)[0] == 'b') {
                throw broken;
            }
            connection.sendAll("fine".getBytes(US_ASCII));
        })) {
            try (Socket bad = running.connect();
                    Socket good = running.connect()) {
                bad.sendAll("b".getBytes(US_ASCII));
                assertThat(bad.recv(100)).isEmpty();
                assertThat(running.server().nextReported()).isSameAs(broken);
                good.sendAll("g".getBytes(US_ASCII));
                assertThat(good.recv(100)).asString().isEqualTo("fine");
            }
        }
    }

    @Test
    void whatHandleErrorThrowsIsTheThreadsAndNothingIsLost() throws Exception {
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        IOException first = new IOException("the handler's");
        try (var running = run((connection, client, server) -> {
            throw first;
        })) {
            Server server = running.server();
            server.maxRequests = 1;
            server.inHandleError = new IllegalStateException("the report's");
            server.threadFactory = Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> uncaught.add(e))
                    .factory();
            for (int i = 1; i <= 3; i++) {
                assertCutOff(running);
                assertThat(uncaught.poll(30, TimeUnit.SECONDS))
                        .isSameAs(server.inHandleError)
                        .hasSuppressedException(first);
            }
            eventually().until(() -> server.activeRequests() == 0);
        }
    }

    @Test
    void anInterruptOfAHandlersThreadEndsItsWaitAlone() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        try (var running = run((connection, client, server) -> {
                    threads.add(Thread.currentThread());
                    connection.recv(1);
                });
                Socket client = running.connect()) {
            threads.take().interrupt();
            assertThat(running.server().nextReported()).isInstanceOf(InterruptedIOException.class);
            assertThat(client.recv(1)).isEmpty();
            try (Socket next = running.connect()) {
                Thread another = threads.take();
                assertThat(another.isInterrupted()).isFalse();
                next.sendAll("x".getBytes(US_ASCII));
                assertThat(next.recv(1)).isEmpty();
            }
        }
    }

    @Test
    void aLimitThatLetsNobodyInIsRefused() throws Exception {
        try (Server server = new Server(PATIENT)) {
            server.maxRequests = 0;
            assertThatThrownBy(server::serveForever)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("maxRequests() is 0: a server takes one request at least");
        }
    }
}
