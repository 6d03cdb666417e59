package dev.hawser.tls;

import static dev.hawser.tls.Connections.pattern;
import static dev.hawser.tls.Connections.recvExactly;
import static dev.hawser.tls.Connections.recvToEnd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.testkit.Tasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every version of TLS, on every kind of thread: a stream, as that of a plain socket. */
abstract class TlsContract {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final String version;

    @AutoClose
    private final Connections connections = new Connections();

    /** The client's socket without TLS. */
    private Socket plain;

    private TlsSocket client;
    private TlsSocket server;

    TlsContract(String version) {
        this.version = version;
    }

    @BeforeEach
    void connect() throws Exception {
        SocketPair pair = connections.tcp();
        plain = connections.add(pair.first().share());
        client = connections.add(Connections.client().wrapClient(pair.first(), "localhost"));
        server = connections.add(Connections.server(version).wrapServer(pair.second()));
        Connections.shakeHands(client, server);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void bothEndsAgree() {
        assertThat(client.version()).isEqualTo(version).isEqualTo(server.version());
        assertThat(client.cipher()).startsWith("TLS_").isEqualTo(server.cipher());
        assertThat(client.serverSide()).isFalse();
        assertThat(server.serverSide()).isTrue();
        assertThat(client.server()).isEqualTo("CN=localhost,O=Hawser");
        assertThat(client.issuer()).isEqualTo("CN=HawserTestAuthority");
        assertThat(client.toString()).contains(version).contains("fd=" + client.fileno());
        assertThat(server.getPeerCert()).isNull();
        assertThat(client.selectedAlpnProtocol()).isNull();
        assertThat(client.sessionReused()).isFalse();
    }

    @Test
    void bytesOfEveryKindOfBufferArrive() throws IOException {
        byte[] part = bytes("..middle..");
        client.sendAll(part, 2, 6);
        client.sendAll(ByteBuffer.allocateDirect(3).put(bytes("abc")).flip());
        try (Arena arena = Arena.ofConfined()) {
            client.sendAll(arena.allocateFrom("native"));
            assertThat(recvExactly(server, 9)).isEqualTo(bytes("middleabc"));
            MemorySegment into = arena.allocate(7);
            assertThat(server.recvInto(into)).isEqualTo(7);
            assertThat(into.getString(0)).isEqualTo("native");
        }
        client.sendAll(MemorySegment.ofArray(bytes("heap")));
        byte[] into = new byte[6];
        assertThat(server.recvInto(into, 1, 4)).isEqualTo(4);
        assertThat(into).isEqualTo(new byte[] {0, 'h', 'e', 'a', 'p', 0});
        assertThrowsExactly(IllegalArgumentException.class, () -> server.recvInto(MemorySegment.ofArray(new int[2])));
    }

    @Test
    void aSmallBufferLeavesTheRestPending() throws IOException {
        client.sendAll(bytes("abcdef"));
        assertThat(server.recv(2)).isEqualTo(bytes("ab"));
        assertThat(server.pending()).isEqualTo(4);
        ByteBuffer direct = ByteBuffer.allocateDirect(3);
        assertThat(server.recvInto(direct)).isEqualTo(3);
        assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(bytes("cde")));
        assertThat(server.recv(100)).isEqualTo(bytes("f"));
        assertThat(server.pending()).isZero();
        assertThat(server.recv(0)).isEmpty();
    }

    @Test
    void manyRecordsOfManySizesArriveInOrder() throws Exception {
        byte[] all = pattern(3_000_000);
        Tasks<byte[]> receiving = Tasks.start(() -> recvExactly(server, all.length));
        for (int at = 0, size = 1; at < all.length; at += size, size = size * 3 / 2 + 1) {
            size = Math.min(size, all.length - at);
            client.sendAll(all, at, size);
        }
        assertThat(receiving.result()).isEqualTo(all);
    }

    @Test
    void bothSidesMayWriteMuchBeforeTheyRead() throws Exception {
        byte[] all = pattern(8_000_000);
        Tasks<Void> up = Tasks.run(() -> client.sendAll(all));
        Tasks<Void> down = Tasks.run(() -> server.sendAll(all));
        Tasks<byte[]> atClient = Tasks.start(() -> recvExactly(client, all.length));
        assertThat(recvExactly(server, all.length)).isEqualTo(all);
        assertThat(atClient.result()).isEqualTo(all);
        up.result();
        down.result();
    }

    @Test
    void sendTakesARecordAtATime() throws IOException {
        int taken = client.send(pattern(40_000));
        assertThat(taken).isBetween(16_000, 16 * 1024);
        assertThat(recvExactly(server, taken)).isEqualTo(Arrays.copyOf(pattern(40_000), taken));
        assertThat(client.write(bytes("abc"))).isEqualTo(3);
        assertThat(server.read(10)).isEqualTo(bytes("abc"));
    }

    @Test
    void closeIsTheCleanEndOfTheStream() throws Exception {
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(10)).awaitParked();
        client.close();
        assertThat(receiving.result()).isEmpty();
        assertThat(server.recv(10)).isEmpty();
        assertThat(client.isClosed()).isTrue();
        assertThat(client.fileno()).isEqualTo(-1);
        client.close();
    }

    @Test
    void anEndWithoutCloseNotifyIsNoCleanEnd() throws Exception {
        client.sendAll(bytes("a part"));
        plain.shutdown(Constants.SHUT_WR);

        assertThat(recvExactly(server, 6)).isEqualTo(bytes("a part"));
        for (int i = 0; i < 2; i++) {
            TlsTruncatedException truncated = assertThrowsExactly(TlsTruncatedException.class, () -> server.recv(1));
            assertThat(truncated)
                    .hasMessageStartingWith("recv tls 127.0.0.1:")
                    .hasMessageContaining(" -> 127.0.0.1:")
                    .hasMessageContaining("without a close_notify");
            assertThat(truncated.details().operation()).isEqualTo("recv");
        }
    }

    @Test
    void aResetIsABrokenConnection() throws Exception {
        Tasks<Void> writing =
                Tasks.run(() -> client.sendAll(new byte[40_000_000])).awaitParked();
        plain.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        client.close();
        plain.close();
        assertThrowsExactly(SocketClosedException.class, writing::result);
        assertThrowsExactly(ConnectionBrokenException.class, () -> recvToEnd(server));
    }

    @Test
    void closeWakesAReaderAndAWriterInOtherThreads() throws Exception {
        Tasks<byte[]> reading = Tasks.start(() -> server.recv(10)).awaitParked();
        Tasks<byte[]> second = Tasks.start(() -> server.recv(10)).awaitParked();
        Tasks<Void> writing =
                Tasks.run(() -> server.sendAll(new byte[40_000_000])).awaitParked();
        server.close();

        assertThrowsExactly(SocketClosedException.class, reading::result);
        assertThrowsExactly(SocketClosedException.class, second::result);
        assertThrowsExactly(SocketClosedException.class, writing::result);
        assertThrowsExactly(SocketClosedException.class, () -> server.recv(1));
        assertThrowsExactly(SocketClosedException.class, () -> server.sendAll(new byte[1]));
        assertThrowsExactly(SocketClosedException.class, () -> server.unwrap());
        // The writer was in the middle of a record: the peer must not take what came for all.
        assertThrowsExactly(TlsTruncatedException.class, () -> recvToEnd(client));
    }

    @Test
    void aTimedOutReadLosesNothing() throws IOException {
        server.setTimeout(SHORT);
        TimedOutException late = assertThrowsExactly(TimedOutException.class, () -> server.recv(1));
        assertThat(late).hasMessageStartingWith("recv tls ").hasMessageEndingWith(": timed out after 50 ms");
        client.sendAll(bytes("abc"));
        assertThat(server.recv(3)).isEqualTo(bytes("abc"));
    }

    @Test
    void oneDeadlineHoldsForAWholeReadOfPieces() throws Exception {
        // Each byte of a record that never ends comes in time for its own wait.
        server.setTimeout(Duration.ofMillis(200));
        AtomicBoolean going = new AtomicBoolean(true);
        Tasks<Void> dripping = Tasks.run(() -> {
            plain.sendAll(new byte[] {23, 3, 3, 0x40, 0});
            while (going.get()) {
                plain.sendAll(new byte[1]);
                Thread.sleep(5);
            }
        });
        long start = System.nanoTime();
        assertThrowsExactly(TimedOutException.class, () -> server.recv(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
        going.set(false);
        dripping.result();
    }

    @Test
    void aTimedOutWriteTellsWhereToGoOn() throws Exception {
        client.setTimeout(SHORT);
        byte[] all = pattern(20_000_000);
        TimedOutException late = assertThrowsExactly(TimedOutException.class, () -> client.sendAll(all));
        assertThat(late.bytesTransferred).isPositive().isLessThan(all.length);
        assertThat(late.operation()).isEqualTo("sendAll");

        client.setTimeout(Connections.PATIENCE);
        Tasks<byte[]> receiving = Tasks.start(() -> recvExactly(server, all.length));
        client.sendAll(all, late.bytesTransferred, all.length - late.bytesTransferred);
        assertThat(receiving.result()).isEqualTo(all);
    }

    @Test
    void flushSendsWhatATimedOutWriteLeftBehind() throws Exception {
        client.setTimeout(SHORT);
        byte[] all = pattern(20_000_000);
        TimedOutException late = assertThrowsExactly(TimedOutException.class, () -> client.sendAll(all));

        client.setTimeout(Connections.PATIENCE);
        Tasks<byte[]> receiving = Tasks.start(() -> recvExactly(server, late.bytesTransferred));
        client.flush();
        assertThat(receiving.result()).isEqualTo(Arrays.copyOf(all, late.bytesTransferred));
    }

    @Test
    void whoMustNotWaitIsToldSo() throws IOException {
        server.setTimeout(Duration.ZERO);
        assertThrowsExactly(WouldBlockException.class, () -> server.recv(1));
        client.setTimeout(Duration.ZERO);
        int taken = 0;
        byte[] record = new byte[1000];
        try {
            for (; ; ) {
                taken += client.send(record);
            }
        } catch (WouldBlockException full) {
            assertThat(taken).isPositive();
        }
        server.setTimeout(Connections.PATIENCE);
        int first = taken - record.length;
        assertThat(recvExactly(server, first)).hasSize(first);
        client.flush();
        assertThat(recvExactly(server, record.length)).isEqualTo(record);
    }

    @Test
    void anInterruptEndsAWaitAndLosesNothing() throws Exception {
        Tasks<byte[]> reading = Tasks.start(() -> {
            Thread.currentThread().interrupt();
            assertThrowsExactly(SocketInterruptedException.class, () -> server.recv(3));
            assertThat(Thread.interrupted()).isTrue();
            client.sendAll(bytes("abc"));
            return server.recv(3);
        });
        assertThat(reading.result()).isEqualTo(bytes("abc"));
    }

    @Test
    void aSecondReaderWaitsForTheFirstWithinItsTimeout() throws Exception {
        Tasks<byte[]> first = Tasks.start(() -> server.recv(3)).awaitParked();
        server.setTimeout(SHORT);
        assertThrowsExactly(TimedOutException.class, () -> server.recv(3));
        server.setTimeout(Duration.ZERO);
        assertThrowsExactly(WouldBlockException.class, () -> server.recv(3));
        client.sendAll(bytes("abc"));
        assertThat(first.result()).isEqualTo(bytes("abc"));
    }

    @Test
    void afterItsLastWordAnEndMayStillRead() throws Exception {
        client.sendAll(bytes("last words"));
        client.shutdownOutput();
        assertThat(recvToEnd(server)).isEqualTo(bytes("last words"));
        SSLException shut = assertThrowsExactly(SSLException.class, () -> client.sendAll(bytes("more")));
        assertThat(shut).hasMessageStartingWith("sendAll tls ").hasMessageContaining("closed for writing");
        if (version.equals("TLSv1.3")) {
            server.sendAll(bytes("answer"));
            server.shutdownOutput();
            assertThat(recvToEnd(client)).isEqualTo(bytes("answer"));
        }
    }

    @Test
    void unwrapGivesThePlainSocketBackAtTheFirstByteAfterTls() throws Exception {
        Tasks<Socket> other = Tasks.start(() -> {
            assertThat(server.recv(10)).isEmpty();
            Socket unwrapped = connections.add(server.unwrap());
            unwrapped.sendAll(bytes("in plaintext"));
            return unwrapped;
        });
        Socket again = connections.add(client.unwrap());
        other.result();
        assertThat(again.getTimeout()).isEqualTo(Connections.PATIENCE);
        assertThat(again.recv(100)).isEqualTo(bytes("in plaintext"));
        again.sendAll(bytes("answer"));
        assertThat(other.result().recv(100)).isEqualTo(bytes("answer"));
        assertThat(client.isClosed()).isTrue();
        client.close();
        assertThat(again.isClosed()).isFalse();
    }

    @Test
    void unwrapDoesNotThrowDataAway() throws Exception {
        server.sendAll(bytes("unread"));
        client.recv(1);
        SSLException unread = assertThrowsExactly(SSLException.class, () -> client.unwrap());
        assertThat(unread).hasMessageStartingWith("unwrap tls ").hasMessageContaining("was not read");
        assertThat(client.recv(10)).isEqualTo(bytes("nread"));

        server.sendAll(bytes("more"));
        SSLException sending = assertThrowsExactly(SSLException.class, () -> client.unwrap());
        assertThat(sending).hasMessageContaining("read the stream to its end first");
        assertThat(client.recv(10)).isEqualTo(bytes("more"));
    }

    @Test
    void aTimedOutUnwrapMayBeRepeated() throws Exception {
        client.setTimeout(SHORT);
        assertThrowsExactly(TimedOutException.class, () -> client.unwrap());
        client.setTimeout(Connections.PATIENCE);
        Tasks<Socket> other = Tasks.start(() -> connections.add(server.unwrap()));
        connections.add(client.unwrap());
        other.result();
    }

    @Test
    void filesReadAndWriteTheStream() throws Exception {
        try (Writer writer = client.makeFileWriter(UTF_8);
                BufferedReader reader = server.makeFileReader(UTF_8);
                OutputStream back = server.makeFileOutput();
                InputStream in = client.makeFileInput()) {
            server.setTimeout(SHORT);
            writer.append("网络").flush();
            assertThrowsExactly(TimedOutException.class, reader::readLine);
            writer.append("编程\nnext\n").flush();
            assertThat(reader.readLine()).isEqualTo("网络编程");
            assertThat(reader.readLine()).isEqualTo("next");
            back.write('x');
            back.write(bytes("yz"));
            assertThat(in.readNBytes(3)).isEqualTo(bytes("xyz"));
            server.close();
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(client.isClosed()).isFalse();
    }
}
