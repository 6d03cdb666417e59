package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose overrides fail: one request, or one call, is all that it costs. */
@Timeout(60)
class BrokenHooksTest {

    private static final SockaddrIn LOOPBACK = SockaddrIn.of("127.0.0.1", 0);

    private static void greet(Socket request, Sockaddr client, BaseServer<Socket> server) throws IOException {
        request.sendAll("hello".getBytes(US_ASCII));
    }

    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final CapturedLog log = new CapturedLog("dev.hawser.socketserver");

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private static void assertServes(RunningServer<?> running) throws IOException {
        try (Socket client = running.connect()) {
            assertThat(client.recv(100)).asString().isEqualTo("hello");
        }
    }

    private static final class NeverCloses extends TcpServer {

        private final AtomicInteger failures = new AtomicInteger(3);

        NeverCloses() throws IOException {
            super(LOOPBACK, BrokenHooksTest::greet);
        }

        @Override
        public void closeRequest(Socket request) {
            super.closeRequest(request);
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("closed it, and failed");
            }
        }
    }

    @Test
    void aCloseRequestThatThrowsCostsItsRequestAlone() throws Exception {
        try (RunningServer<NeverCloses> running = RunningServer.of(new NeverCloses())) {
            assertServes(running);
            assertServes(running);
        }
        assertThat(log.messages()).anyMatch(message -> message.startsWith("a request from"));
    }

    private final class ThreadsThatCannotShutDown extends ThreadingTcpServer {

        private final CountDownLatch closed = new CountDownLatch(1);

        ThreadsThatCannotShutDown() throws IOException {
            super(LOOPBACK, BrokenHooksTest::greet);
        }

        @Override
        public void shutdownRequest(Socket request) {
            throw new IllegalStateException("not shut down");
        }

        @Override
        public void closeRequest(Socket request) {
            super.closeRequest(request);
            closed.countDown();
        }

        @Override
        public void handleError(Socket request, Sockaddr clientAddress, Throwable error) {
            reported.add(error);
        }
    }

    @Test
    void inAThreadAShutdownRequestThatThrowsIsReportedAndTheConnectionClosed() throws Exception {
        try (RunningServer<ThreadsThatCannotShutDown> running = RunningServer.of(new ThreadsThatCannotShutDown());
                Socket client = running.connect()) {
            assertThat(client.recv(100)).asString().isEqualTo("hello");
            assertThat(client.recv(100)).as("the end").isEmpty();
            running.server().closed.await();
        }
        assertThat(reported).singleElement().asString().contains("not shut down");
    }

    @Test
    void anErrorOfGetRequestIsReportedAndTheLoopGoesOn() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        TcpServer server = new TcpServer(LOOPBACK, BrokenHooksTest::greet) {
            @Override
            public @Nullable ReceivedRequest<Socket> getRequest() throws IOException {
                if (failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("for this test");
                }
                return super.getRequest();
            }
        };
        try (RunningServer<TcpServer> running = RunningServer.of(server)) {
            assertServes(running);
        }
        assertThat(log.messages()).singleElement().asString().startsWith("cannot take requests for now");
        assertThat(log.records()).extracting(LogRecord::getThrown).first().isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void failuresThatTakeTurnsAreEachReportedOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TcpServer server = new TcpServer(LOOPBACK, BrokenHooksTest::greet) {
            @Override
            public @Nullable ReceivedRequest<Socket> getRequest() throws IOException {
                int call = calls.getAndIncrement();
                if (call >= 6) {
                    return super.getRequest();
                }
                if (call % 2 == 0) {
                    throw new IOException("number " + call);
                }
                throw new IllegalStateException("number " + call);
            }
        };
        try (RunningServer<TcpServer> running = RunningServer.of(server)) {
            assertServes(running);
        }
        assertThat(log.records())
                .extracting(record -> record.getThrown().getMessage())
                .containsExactly("number 0", "number 1");
    }

    private static final class OneAtATime extends ThreadingTcpServer {

        private final AtomicInteger timeouts = new AtomicInteger();

        OneAtATime(RequestHandler<Socket> handler) throws IOException {
            super(LOOPBACK, handler);
        }

        @Override
        public int maxRequests() {
            return 1;
        }

        @Override
        public Duration timeout() {
            return ofMillis(50);
        }

        @Override
        public void handleTimeout() {
            timeouts.incrementAndGet();
        }
    }

    @Test
    void theTimeoutOfHandleRequestIsForTheWaitForRoomAsWell() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        try (OneAtATime server = new OneAtATime((request, client, of) -> {
                    handled.incrementAndGet();
                    release.await();
                });
                Socket first = new Socket(server.addressFamily(), server.socketType());
                Socket second = new Socket(server.addressFamily(), server.socketType())) {
            first.connect(server.serverAddress());
            server.handleRequest();
            second.connect(server.serverAddress());

            server.handleRequest();

            assertThat(server.timeouts).hasValue(1);
            assertThat(server.activeRequests()).isEqualTo(1);
            release.countDown();
            server.drain(Duration.ofSeconds(30));
            server.handleRequest();
            server.drain(Duration.ofSeconds(30));
            assertThat(handled).hasValue(2);
        }
    }

    @Test
    void aPathThatCannotBeRemovedIsToldWhenTheRequestsHaveEnded(@TempDir Path directory) throws Exception {
        Path path = Files.createDirectory(directory.resolve("inside")).resolve("socket");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ThreadingUnixStreamServer server = new ThreadingUnixStreamServer(SockaddrUn.of(path), (request, client, of) -> {
            begun.countDown();
            release.await();
        });
        RunningServer<ThreadingUnixStreamServer> running = RunningServer.of(server);
        try (Socket client = running.connect()) {
            begun.await();
            // Nobody gets to the file by way of a link to itself.
            Files.move(path.getParent(), directory.resolve("elsewhere"));
            Files.createSymbolicLink(path.getParent(), path.getParent().getFileName());
            server.shutdown();
            release.countDown();

            assertThatThrownBy(running::close).isInstanceOf(IOException.class);

            assertThat(server.activeRequests()).isZero();
            assertThat(client.recv(1)).isEmpty();
        }
    }

    @Test
    void theModeOfAPathCanBeNarrowedBeforeAnybodyConnects(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("socket");
        ForItsOwnerAlone server = new ForItsOwnerAlone(path);
        try (RunningServer<ForItsOwnerAlone> running = RunningServer.of(server)) {
            assertThat(server.refused).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertServes(running);
        }
        assertThat(path).doesNotExist();
    }

    private static final class ForItsOwnerAlone extends UnixStreamServer {

        private final boolean refused;

        ForItsOwnerAlone(Path path) throws IOException {
            super(SockaddrUn.of(path), BrokenHooksTest::greet, false);
            serverBind();
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            try (Socket early = new Socket(addressFamily(), socketType())) {
                refused = early.connectEx(serverAddress()) == Errno.ECONNREFUSED;
            }
            serverActivate();
        }
    }

    @Test
    void aClientThatShutsItsSideAtOnceIsAnsweredAllTheSame() throws Exception {
        RequestHandler<Socket> upper =
                RequestHandler.streams((rfile, wfile) -> wfile.write(String.valueOf(rfile.readLine(US_ASCII))
                        .toUpperCase(Locale.ROOT)
                        .getBytes(US_ASCII)));
        try (RunningServer<ThreadingTcpServer> running = RunningServer.of(new ThreadingTcpServer(LOOPBACK, upper))) {
            for (int i = 0; i < 20; i++) {
                try (Socket client = running.connect()) {
                    client.sendAll("hello\n".getBytes(US_ASCII));
                    client.shutdown(Constants.SHUT_WR);
                    assertThat(client.recv(100)).asString().isEqualTo("HELLO");
                    assertThat(client.recv(100)).isEmpty();
                }
            }
        }
    }

    /** Of a program: it knows nothing of mix-ins. */
    private static class Counting extends TcpServer {

        final AtomicInteger closed = new AtomicInteger();

        Counting(RequestHandler<Socket> handler) throws IOException {
            super(LOOPBACK, handler);
        }

        @Override
        public void serverClose() throws IOException {
            closed.incrementAndGet();
            super.serverClose();
        }
    }

    private static final class CountingAlone extends Counting implements ThreadingMixIn<Socket> {

        CountingAlone(RequestHandler<Socket> handler) throws IOException {
            super(handler);
        }
    }

    private static final class CountingAndWaiting extends Counting implements ThreadingMixIn<Socket> {

        CountingAndWaiting(RequestHandler<Socket> handler) throws IOException {
            super(handler);
        }

        @Override
        public void serverClose() throws IOException {
            super.serverClose();
            ThreadingMixIn.super.serverClose();
        }
    }

    @Test
    void anOverrideOfAClassHidesThatOfItsMixInUntilBothAreCalled() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        RequestHandler<Socket> handler = (request, client, server) -> {
            begun.countDown();
            release.await();
        };
        CountingAlone alone = new CountingAlone(handler);
        CountingAndWaiting both = new CountingAndWaiting(handler);
        RunningServer<CountingAlone> first = RunningServer.of(alone);
        RunningServer<CountingAndWaiting> second = RunningServer.of(both);
        try (Socket one = first.connect();
                Socket other = second.connect()) {
            begun.await();
            first.close();
            assertThat(alone.activeRequests()).as("nobody has waited").isEqualTo(1);

            release.countDown();
            second.close();
            assertThat(both.activeRequests()).isZero();
            assertThat(both.closed).hasValue(1);
            assertThat(one.recv(1)).isEmpty();
            assertThat(other.recv(1)).isEmpty();
        }
        assertThat(alone.drain(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void twoMixInsOnOneServerDoNotCompile(@TempDir Path directory) throws Exception {
        assertThat(compile(directory, "ThreadingMixIn<Socket>")).isEmpty();
        assertThat(compile(directory, "ThreadingMixIn<Socket>, ForkingMixIn<Socket>"))
                .contains("inherits unrelated defaults");
    }

    private static String compile(Path directory, String mixIns) throws IOException {
        Path source = Files.writeString(directory.resolve("Both.java"), """
                import dev.hawser.socket.*;
                import dev.hawser.socketserver.*;

                class Both extends TcpServer implements %s {
                    Both() throws java.io.IOException {
                        super(SockaddrIn.of("127.0.0.1", 0), (request, client, server) -> {});
                    }
                }
                """.formatted(mixIns));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String classPath = System.getProperty("java.class.path");
        String[] arguments = {"-proc:none", "-nowarn", "-cp", classPath, "-d", directory.toString(), source.toString()};
        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments);
        return status == 0 ? "" : said.toString(UTF_8);
    }
}
