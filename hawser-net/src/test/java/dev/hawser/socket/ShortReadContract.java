package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_OOB;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A read of a TCP stream that got less than it asked for has emptied the kernel's buffer, so the next one may wait
 * first. Whatever happens to the stream in between, it must not wait for what is there already.
 */
@Timeout(30)
abstract class ShortReadContract {

    /** Long for what must come at once; a read that hangs fails by it. */
    private static final Duration LONG = Duration.ofSeconds(3);

    final StreamKind kind;

    @AutoClose
    final Scope scope = new Scope();

    Socket client;
    Socket server;

    ShortReadContract(StreamKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void connectAndReadShort() throws Exception {
        SocketPair pair = kind.connect(scope);
        client = pair.first();
        server = pair.second();
        server.setTimeout(LONG);
        client.setSockOpt(TcpOptions.TCP_NODELAY, true);
        // The first waits, so that the poller knows the socket; the second is short and has seen its edge.
        Tasks<byte[]> first = Tasks.start(() -> server.recv(100)).awaitParked();
        client.sendAll(Bytes.of("first"));
        assertThat(first.result()).isEqualTo(Bytes.of("first"));
        readShort();
    }

    private void readShort() throws IOException {
        client.sendAll(Bytes.of("short"));
        Bytes.awaitQueued(server, 5);
        assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("short"));
    }

    /** Reads what is there already: a wait that ends by the deadline is a hang, even if it returns the bytes then. */
    private byte[] recvAtOnce(int maxBytes) throws IOException {
        long start = System.nanoTime();
        byte[] got = server.recv(maxBytes);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
        return got;
    }

    private void queue(String text) throws IOException {
        client.sendAll(Bytes.of(text));
        Bytes.awaitQueued(server, text.length());
    }

    @Test
    void moreBytesAfterItAreReadWhetherTheyComeBeforeOrAfterTheWait() throws Exception {
        queue("before");
        assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("before"));

        Tasks<byte[]> reading = Tasks.start(() -> server.recv(100)).awaitParked();
        client.sendAll(Bytes.of("after"));
        assertThat(reading.result()).isEqualTo(Bytes.of("after"));
    }

    @Test
    void theEndOfTheStreamAfterItIsSeen() throws IOException {
        client.shutdown(SHUT_WR);

        assertThat(recvAtOnce(100)).isEmpty();
        assertThat(recvAtOnce(100)).isEmpty();
    }

    @Test
    void theEndOfTheStreamThatCameWithTheBytesIsSeen() throws IOException {
        for (int i = 0; i < 50; i++) {
            SocketPair pair = kind.connect(scope);
            Socket reader = pair.second();
            reader.setTimeout(LONG);
            pair.first().sendAll(Bytes.of("bye"));
            pair.first().close();
            assertThat(Bytes.recvToEnd(reader)).isEqualTo(Bytes.of("bye"));
        }
    }

    @Test
    void theEndOfTheStreamWakesWhoWaits() throws Exception {
        Tasks<byte[]> reading = Tasks.start(() -> server.recv(100)).awaitParked();
        client.close();

        assertThat(reading.result()).isEmpty();
    }

    @Test
    void aResetAfterItIsSeen() throws IOException {
        client.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        client.close();

        ConnectionBrokenException reset = assertThrowsExactly(ConnectionBrokenException.class, () -> server.recv(100));
        assertThat(reset.errnoName()).isEqualTo("ECONNRESET");
        assertThat(recvAtOnce(100)).isEmpty();
    }

    @Test
    void aResetWakesWhoWaits() throws Exception {
        Tasks<byte[]> reading = Tasks.start(() -> server.recv(100)).awaitParked();
        client.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        client.close();

        assertThrowsExactly(ConnectionBrokenException.class, reading::result);
    }

    @Test
    void bytesBehindUrgentDataAreRead() throws IOException {
        client.sendAll(Bytes.of("before"));
        client.sendAll(Bytes.of("!"), 0, 1, MSG_OOB);
        client.sendAll(Bytes.of("behind"));

        assertThat(Bytes.text(Bytes.recvExactly(server, 6))).isEqualTo("before");
        assertThat(server.recv(1, MSG_OOB)).isEqualTo(Bytes.of("!"));
        assertThat(Bytes.text(Bytes.recvExactly(server, 6))).isEqualTo("behind");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyUrgentBytesNeverStallTheStream(boolean inline) throws Exception {
        server.setSockOpt(SocketOptions.SO_OOBINLINE, inline);
        int rounds = 300;
        Tasks<Void> sending = Tasks.run(() -> {
            for (int i = 0; i < rounds; i++) {
                client.sendAll(Bytes.of("abc"));
                client.sendAll(Bytes.of("!"), 0, 1, MSG_OOB);
                client.sendAll(Bytes.of("def"));
            }
            client.shutdown(SHUT_WR);
        });

        String all = Bytes.text(Bytes.recvToEnd(server));

        sending.result();
        // An urgent byte that the next one overtakes becomes an ordinary one.
        assertThat(all.replace("!", "")).isEqualTo("abcdef".repeat(rounds));
    }

    @Test
    void urgentDataAloneIsReadAtOnceOrRefused() throws IOException {
        SocketFailedException none = assertThrowsExactly(SocketFailedException.class, () -> server.recv(1, MSG_OOB));
        assertThat(none.errnoName()).isEqualTo("EINVAL");

        client.send(Bytes.of("!"), 0, 1, MSG_OOB);
        eventually().ignoreException(SocketFailedException.class).until(() -> server.recv(1, MSG_OOB)[0] == '!');
        queue("on");
        assertThat(recvAtOnce(10)).isEqualTo(Bytes.of("on"));
    }

    @Test
    void aLowWaterMarkSetAfterItKeepsNoBytesBack() throws IOException {
        server.setSockOpt(SocketOptions.SO_RCVLOWAT, 1000);
        queue("less than the mark");

        // recv(2) returns at once where as many bytes are there as it asks for.
        assertThat(recvAtOnce(4)).isEqualTo(Bytes.of("less"));
    }

    @Test
    void aLowWaterMarkSetBeforeItKeepsNoBytesBack() throws IOException {
        server.setSockOpt(SocketOptions.SO_RCVLOWAT, 3);
        readShort();
        queue("ab");

        assertThat(recvAtOnce(1)).isEqualTo(Bytes.of("a"));
    }

    @Test
    void aLowWaterMarkThatWasInheritedFromTheListenerKeepsNoBytesBack() throws IOException {
        Socket listener = scope.listener(Scope.loopback(server.family()));
        listener.setSockOpt(SocketOptions.SO_RCVLOWAT, 3);
        client = scope.socket(server.family(), Constants.SOCK_STREAM);
        client.connect(listener.getSockName());
        server = scope.accept(listener);
        server.setTimeout(LONG);
        assertThat(server.getSockOpt(SocketOptions.SO_RCVLOWAT)).isEqualTo(3);
        readShort();
        queue("ab");

        assertThat(recvAtOnce(1)).isEqualTo(Bytes.of("a"));
    }

    @Test
    void aPeekInBetweenChangesNothing() throws Exception {
        queue("peeked");
        assertThat(server.recv(3, MSG_PEEK)).isEqualTo(Bytes.of("pee"));
        assertThat(server.recv(100, MSG_PEEK)).isEqualTo(Bytes.of("peeked"));
        assertThat(recvAtOnce(3)).isEqualTo(Bytes.of("pee"));
        assertThat(server.recv(100, MSG_PEEK)).isEqualTo(Bytes.of("ked"));
        assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("ked"));

        Tasks<byte[]> peeking = Tasks.start(() -> server.recv(100, MSG_PEEK)).awaitParked();
        client.sendAll(Bytes.of("x"));
        assertThat(peeking.result()).isEqualTo(Bytes.of("x"));
        assertThat(recvAtOnce(1)).isEqualTo(Bytes.of("x"));
    }

    @Test
    void aCallThatMustNotWaitInBetweenChangesNothing() throws IOException {
        assertThrowsExactly(WouldBlockException.class, () -> server.recv(1, MSG_DONTWAIT));
        queue("abcdef");
        assertThat(server.recv(2, MSG_DONTWAIT)).isEqualTo(Bytes.of("ab"));
        assertThat(recvAtOnce(2)).isEqualTo(Bytes.of("cd"));
        assertThat(server.recv(100, MSG_DONTWAIT)).isEqualTo(Bytes.of("ef"));
        queue("gh");
        assertThat(recvAtOnce(1)).isEqualTo(Bytes.of("g"));
        assertThat(recvAtOnce(1)).isEqualTo(Bytes.of("h"));
    }

    @Test
    void aTimeoutInBetweenChangesNothing() throws IOException {
        server.setTimeout(Duration.ofMillis(20));
        assertThrowsExactly(TimedOutException.class, () -> server.recv(100));
        server.setTimeout(LONG);
        queue("abc");
        assertThat(recvAtOnce(1)).isEqualTo(Bytes.of("a"));
        assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("bc"));
    }

    @Test
    void otherWaysOfReadingInBetweenChangeNothing() throws Exception {
        queue("abcdef");
        assertThat(server.recv(1, MSG_WAITALL)).isEqualTo(Bytes.of("a"));
        assertThat(server.recvFrom(1).data()).isEqualTo(Bytes.of("b"));
        try (InputStream input = server.makeFileInput()) {
            assertThat(input.read()).isEqualTo('c');
            assertThat(input.readNBytes(2)).isEqualTo(Bytes.of("de"));
        }
        assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("f"));
    }

    @Test
    void aDuplicateSharesTheStream() throws IOException {
        Socket duplicate = scope.add(server.dup());
        for (int i = 0; i < 20; i++) {
            queue("abcdef");
            assertThat(duplicate.recv(4)).isEqualTo(Bytes.of("abcd"));
            assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("ef"));
            queue("gh");
            assertThat(duplicate.recv(100)).isEqualTo(Bytes.of("gh"));
            queue("ij");
            assertThat(recvAtOnce(100)).isEqualTo(Bytes.of("ij"));
        }
    }

    @Test
    void threadsOfBothKindsMayReadInTurn() throws Exception {
        for (int i = 0; i < 100; i++) {
            queue("abcdef");
            assertThat(onThread(i % 2 == 0, 4)).isEqualTo(Bytes.of("abcd"));
            assertThat(onThread(i % 3 == 0, 100)).isEqualTo(Bytes.of("ef"));
        }
    }

    private byte[] onThread(boolean virtual, int maxBytes) throws Exception {
        byte[][] got = new byte[1][];
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
        Thread thread = builder.start(() -> {
            try {
                got[0] = server.recv(maxBytes);
            } catch (IOException e) {
                got[0] = Bytes.of(e.toString());
            }
        });
        thread.join();
        return got[0];
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyMixtureOfReadsGetsTheStream(long seed) throws Exception {
        byte[] all = Bytes.pattern(600_000);
        Tasks<Void> sending = Tasks.run(() -> {
            Random random = new Random(seed);
            for (int at = 0; at < all.length; ) {
                int n = Math.min(1 + random.nextInt(random.nextBoolean() ? 50 : 9000), all.length - at);
                client.sendAll(all, at, n, 0);
                at += n;
            }
            client.shutdown(SHUT_WR);
        });
        Random random = new Random(-seed);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < all.length) {
            got.writeBytes(readSomehow(random, 1 + random.nextInt(random.nextBoolean() ? 60 : 5000)));
        }
        sending.result();

        assertThat(Arrays.equals(got.toByteArray(), all)).isTrue();
        assertThat(recvAtOnce(1)).isEmpty();
    }

    private byte[] readSomehow(Random random, int maxBytes) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> server.recv(maxBytes, MSG_WAITALL);
            case 1 -> server.recvFrom(maxBytes).data();
            case 2 -> {
                byte[] peeked = server.recv(maxBytes, MSG_PEEK);
                byte[] read = server.recv(peeked.length);
                assertThat(read).isEqualTo(peeked);
                yield read;
            }
            case 3 -> {
                try {
                    yield server.recv(maxBytes, MSG_DONTWAIT);
                } catch (WouldBlockException e) {
                    yield new byte[0];
                }
            }
            default -> server.recv(maxBytes);
        };
    }
}
