package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.IPPROTO_TCP;
import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.socket.Constants.TCP_NODELAY;
import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.socket.concurrency.InThread;
import dev.hawser.socket.concurrency.ThreadKind;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The streams of a connection's handler. */
class StreamRequestHandlerTest {

    private SocketPair pair;
    private Socket client;
    private BaseServer<Socket> server;

    @BeforeEach
    void open() throws IOException {
        server = new UnixStreamServer(SockaddrUn.UNNAMED, (request, from, itself) -> {}, false);
        pair = Sockets.socketPair();
        client = pair.second();
        client.setTimeout(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() throws IOException {
        pair.first().close();
        client.close();
        server.close();
    }

    /** Does one thing, with the settings of a test. */
    private static class Handler extends StreamRequestHandler {

        private final Body body;
        int rbufsize = -1;
        int wbufsize;
        int maxLineBytes = MAX_LINE_BYTES;
        boolean disableNagle;

        @Nullable
        Duration timeout;

        Handler(Body body) {
            this.body = body;
        }

        @Override
        protected int rbufsize() {
            return rbufsize;
        }

        @Override
        protected int wbufsize() {
            return wbufsize;
        }

        @Override
        protected int maxLineBytes() {
            return maxLineBytes;
        }

        @Override
        protected boolean disableNagle() {
            return disableNagle;
        }

        @Override
        protected @Nullable Duration timeout() {
            return timeout;
        }

        @Override
        protected void handle() throws Exception {
            body.handle(this);
        }
    }

    @FunctionalInterface
    private interface Body {
        void handle(Handler handler) throws Exception;
    }

    private Socket connection() {
        return pair.first();
    }

    private void run(StreamRequestHandler handler) throws Exception {
        run(handler, SockaddrUn.UNNAMED);
    }

    private void run(StreamRequestHandler handler, Sockaddr from) throws Exception {
        handler.run(connection(), from, server);
    }

    private void say(String text) throws IOException {
        client.sendAll(text.getBytes(UTF_8));
    }

    private void sayAll(String text) throws IOException {
        say(text);
        client.shutdown(SHUT_WR);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** A connection over TCP instead. */
    private void useTcp() throws IOException {
        close();
        server = new TcpServer(SockaddrIn.of("127.0.0.1", 0), (request, from, itself) -> {});
        client = new Socket(AF_INET, server.socketType());
        client.connect(server.serverAddress());
        pair = new SocketPair(server.socket().accept().socket(), client);
    }

    @Test
    void linesComeWithTheNewlinesThatEndThem() throws Exception {
        sayAll("one\ntwo\r\n\nlast");
        run(new Handler(it -> {
            assertThat(text(it.rfile().readLine())).isEqualTo("one\n");
            assertThat(text(it.rfile().readLine())).isEqualTo("two\r\n");
            assertThat(text(it.rfile().readLine())).isEqualTo("\n");
            assertThat(text(it.rfile().readLine())).isEqualTo("last");
            assertThat(it.rfile().readLine()).isEmpty();
        }));
    }

    @Test
    void linesOfTextComeWithout() throws Exception {
        sayAll("gr\u00fc\u00dfe\r\ntwo\n\r\n\rlast\r");
        run(new Handler(it -> {
            assertThat(it.rfile().readLine(UTF_8)).isEqualTo("gr\u00fc\u00dfe");
            assertThat(it.rfile().readLine(UTF_8)).isEqualTo("two");
            assertThat(it.rfile().readLine(UTF_8)).isEmpty();
            assertThat(it.rfile().readLine(UTF_8)).isEqualTo("\rlast\r");
            assertThat(it.rfile().readLine(UTF_8)).isNull();
        }));
    }

    @Test
    void aLineIsReadInPartsOfAtMostSoManyBytes() throws Exception {
        sayAll("abcde\nf\n");
        run(new Handler(it -> {
            assertThat(it.rfile().readLine(0)).isEmpty();
            assertThat(text(it.rfile().readLine(3))).isEqualTo("abc");
            assertThat(text(it.rfile().readLine(3))).isEqualTo("de\n");
            assertThat(text(it.rfile().readLine(Integer.MAX_VALUE))).isEqualTo("f\n");
            assertThat(it.rfile().readLine(1)).isEmpty();
            assertThatThrownBy(() -> it.rfile().readLine(-1)).isInstanceOf(IllegalArgumentException.class);
        }));
    }

    @Test
    void aLineThatIsTooLongIsToldAndNotLost() throws Exception {
        sayAll("12345678\n123456789\n");
        Handler handler = new Handler(it -> {
            assertThat(text(it.rfile().readLine())).isEqualTo("12345678\n");
            assertThatThrownBy(() -> it.rfile().readLine())
                    .isInstanceOfSatisfying(
                            LineTooLongException.class,
                            e -> assertThat(e.maxBytes()).isEqualTo(9))
                    .hasMessage("a line of more than 9 bytes, which is what maxLineBytes() allows");
            assertThat(text(it.rfile().readAllBytes())).isEqualTo("123456789\n");
        });
        handler.maxLineBytes = 9;
        run(handler);
    }

    @Test
    void aLineMayBeLongerThanTheBufferAndComeInPieces() throws Exception {
        String line = "x".repeat(60_000) + "\n";
        InThread<Void> sender = InThread.start(ThreadKind.VIRTUAL, () -> {
            for (int from = 0; from < line.length(); from += 7_001) {
                say(line.substring(from, Math.min(line.length(), from + 7_001)));
            }
            sayAll("rest");
            return null;
        });
        run(new Handler(it -> {
            assertThat(text(it.rfile().readLine())).isEqualTo(line);
            assertThat(text(it.rfile().readAllBytes())).isEqualTo("rest");
        }));
        sender.result();
    }

    @Test
    void bytesAndLinesMayBeReadInTurn() throws Exception {
        sayAll("GET /\r\n\r\n\0\1body and more");
        run(new Handler(it -> {
            assertThat(it.rfile().read()).isEqualTo('G');
            assertThat(it.rfile().readLine(US_ASCII)).isEqualTo("ET /");
            assertThat(it.rfile().available()).isEqualTo("\r\n\0\1body and more".length());
            assertThat(it.rfile().readLine(US_ASCII)).isEmpty();
            assertThat(text(it.rfile().readNBytes(6))).isEqualTo("\0\1body");
            assertThat(it.rfile().read(new byte[0])).isZero();
            byte[] rest = new byte[20_000];
            assertThat(it.rfile().read(rest, 0, rest.length)).isEqualTo(9);
            assertThat(it.rfile().read(rest, 0, rest.length)).isEqualTo(-1);
            assertThat(it.rfile().read()).isEqualTo(-1);
        }));
    }

    @Test
    void withoutABufferNothingIsReadAhead() throws Exception {
        say("switch\nthe other protocol");
        Handler handler = new Handler(it -> {
            assertThat(text(it.rfile().readLine())).isEqualTo("switch\n");
            assertThat(text(it.connection().recv(100))).isEqualTo("the other protocol");
        });
        handler.rbufsize = 0;
        run(handler);
    }

    @Test
    void aSettingOutOfRangeIsNamed() {
        Handler handler = new Handler(it -> {});
        handler.wbufsize = -2;
        assertThatThrownBy(() -> run(handler))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wbufsize() is -2, less than 0");
    }

    @Test
    void eachWriteIsSentAtOnce() throws Exception {
        run(new Handler(it -> {
            it.wfile().write('a');
            assertThat(text(client.recv(10))).isEqualTo("a");
            it.wfile().write(new byte[] {'b', 'c'});
            assertThat(text(client.recv(10))).isEqualTo("bc");
        }));
    }

    @Test
    void aWriteIsWholeThoughSignalsInterruptItAndTheKernelTakesItInPieces() throws Exception {
        byte[] much = new byte[300_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i % 251);
        }
        close();
        try (Faults faults = Faults.install()) {
            open(); // sockets that see the faults
            InThread<byte[]> receiving = InThread.start(ThreadKind.VIRTUAL, () -> {
                try (InputStream received = client.makeFileInput()) {
                    return received.readAllBytes();
                }
            });
            faults.randomly(7, 0.3, "send").fail(Errno.EINTR);
            faults.randomly(8, 0.3, "send").shortTo(1_000);
            run(new Handler(it -> it.wfile().write(much)));
            connection().shutdown(SHUT_WR);
            assertThat(receiving.result()).isEqualTo(much);
            assertThat(faults.count("send")).isPositive();
        }
    }

    @Test
    void theStreamsAreOnTheConnectionAndKeepNothingOpen() throws Exception {
        run(new Handler(it -> {
            assertThat(it.connection()).isSameAs(connection()).isSameAs(it.request());
            it.rfile().close();
            it.wfile().close();
            assertThat(it.connection().fileno()).isNotNegative();
        }));
        server.closeRequest(connection());
        assertThat(connection().fileno()).isEqualTo(-1);
        assertThat(client.recv(1)).as("the end").isEmpty();
    }

    @Test
    void aBufferIsSentWhenItIsFullAndInFinish() throws Exception {
        Handler handler = new Handler(it -> {
            it.wfile().write('a');
            it.wfile().write(new byte[] {'b', 'c'});
            assertNothingHasCome();
            it.wfile().write(new byte[] {'d', 'e'});
            assertThat(text(client.recv(10))).isEqualTo("abc");
            it.wfile().write(new byte[] {'1', '2', '3', '4'});
            assertThat(text(client.recv(2))).isEqualTo("de");
            assertThat(text(client.recv(10))).isEqualTo("1234");
            it.wfile().write('z');
            assertNothingHasCome();
        });
        handler.wbufsize = 4;
        run(handler);
        assertThat(text(client.recv(10))).isEqualTo("z");
    }

    private void assertNothingHasCome() throws IOException {
        assertThat(catchThrowable(() -> client.recv(1, MSG_DONTWAIT))).isInstanceOf(WouldBlockException.class);
    }

    @Test
    void closedStreamsLeaveTheConnectionToTheServer() throws Exception {
        Handler handler = new Handler(it -> {
            try (OutputStream out = it.wfile()) {
                out.write('x');
            }
            it.rfile().close();
            assertThatThrownBy(() -> it.wfile().write(1))
                    .isInstanceOf(IOException.class)
                    .hasMessage("wfile is closed");
            assertThatThrownBy(() -> it.rfile().read())
                    .isInstanceOf(IOException.class)
                    .hasMessage("rfile is closed");
            assertThat(it.connection().isClosed()).isFalse();
        });
        handler.wbufsize = 10;
        run(handler);
        assertThat(text(client.recv(10))).isEqualTo("x");
    }

    @Test
    void thatTheClientHasGoneIsNoErrorOfTheLastFlush() throws Exception {
        useTcp();
        Handler handler = new Handler(it -> {
            it.wfile().write(new byte[100]);
            client.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
            client.close();
            assertThat(catchThrowable(() -> it.rfile().read())).isInstanceOf(ConnectionBrokenException.class);
        });
        handler.wbufsize = 200;
        run(handler);
        assertThat(catchThrowable(() -> connection().sendAll(new byte[1])))
                .as("it was a flush that could not succeed")
                .isInstanceOf(ConnectionBrokenException.class);
    }

    @Test
    void anotherErrorOfTheLastFlushIsAnError() {
        Handler handler = new Handler(it -> {
            it.wfile().write(new byte[100]);
            it.connection().close();
        });
        handler.wbufsize = 200;
        assertThatThrownBy(() -> run(handler)).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void aFlushThatTimedOutGoesOnWhereItWas() throws Exception {
        byte[] much = new byte[8_000_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31 + i / 1000);
        }
        Handler handler = new Handler(it -> {
            it.wfile().write(much);
            assertThatThrownBy(() -> it.wfile().flush()).isInstanceOf(TimedOutException.class);
            it.connection().setTimeout(Duration.ofSeconds(30));
        });
        handler.wbufsize = much.length + 1;
        handler.timeout = Duration.ofMillis(1);
        InThread<Void> handling = InThread.start(ThreadKind.VIRTUAL, () -> {
            run(handler);
            connection().shutdown(SHUT_WR);
            return null;
        });
        eventually().until(() -> Duration.ofSeconds(30).equals(connection().getTimeout()) || handling.isDone());
        try (InputStream received = client.makeFileInput()) {
            assertThat(received.readAllBytes()).isEqualTo(much);
        }
        handling.result();
    }

    @Test
    void aReadThatTimedOutHasLostNothing() throws Exception {
        say("half a ");
        Handler handler = new Handler(it -> {
            assertThatThrownBy(() -> it.rfile().readLine()).isInstanceOf(TimedOutException.class);
            say("line\n");
            assertThat(text(it.rfile().readLine())).isEqualTo("half a line\n");
        });
        handler.timeout = Duration.ofMillis(5);
        run(handler);
    }

    @Test
    void aLineHasOneTimeoutForAllOfIt() throws Exception {
        say("x".repeat(60_000)); // a byte for each of as many calls, none of which has to wait
        Handler handler = new Handler(it -> it.rfile().readLine());
        handler.timeout = Duration.ofMillis(1);
        handler.maxLineBytes = Integer.MAX_VALUE / 4;
        handler.rbufsize = 1;
        assertThatThrownBy(() -> run(handler))
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining("bytes of a line, which has not ended");
    }

    @Test
    void closeWakesAHandlerThatWaitsInItsStream() throws Exception {
        InThread<Void> handling = InThread.start(ThreadKind.VIRTUAL, () -> {
            run(new Handler(it -> it.rfile().readLine()));
            return null;
        });
        handling.awaitParked();
        server.closeRequest(connection());
        assertThat(handling.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void nagleIsDisabledOnTcp() throws Exception {
        useTcp();
        Handler handler = new Handler(it -> {});
        handler.disableNagle = true;
        run(handler);
        assertThat(connection().getSockOpt(IPPROTO_TCP, TCP_NODELAY)).isNotZero();
    }

    @Test
    void nagleIsNotForUnixSockets() {
        Handler handler = new Handler(it -> {});
        handler.disableNagle = true;
        assertThat(catchThrowable(() -> run(handler)))
                .isInstanceOfSatisfying(
                        SocketError.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
    }

    /** Forgets to call what it overrides. */
    private static final class WithoutSetup extends StreamRequestHandler {

        @Override
        protected void setup() {}

        @Override
        protected void handle() throws IOException {
            wfile().write(1);
        }
    }

    @Test
    void aHandlerThatForgetsSuperSetupIsToldSo() {
        assertThatThrownBy(() -> run(new WithoutSetup()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no wfile() yet: StreamRequestHandler.setup() makes it, call super.setup()")
                .hasNoSuppressedExceptions();
    }
}
