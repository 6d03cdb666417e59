package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_MORE;
import static dev.hawser.socket.Constants.MSG_OOB;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_RD;
import static dev.hawser.socket.Constants.SHUT_RDWR;
import static dev.hawser.socket.Constants.SHUT_WR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every connected stream socket does, whatever its family. */
@Timeout(30)
abstract class StreamContract {

    private static final Duration SHORT = Duration.ofMillis(60);

    final StreamKind kind;

    @AutoClose
    final Scope scope = new Scope();

    Socket client;
    Socket server;

    StreamContract(StreamKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void connect() throws IOException {
        SocketPair pair = kind.connect(scope);
        client = pair.first();
        server = pair.second();
    }

    @Test
    void bytesArriveInOrderBothWays() throws IOException {
        for (int i = 0; i < 200; i++) {
            byte[] request = Bytes.pattern(1 + 37 * i % 5000);
            client.sendAll(request);
            assertThat(Bytes.recvExactly(server, request.length)).isEqualTo(request);
            server.sendAll(request);
            assertThat(Bytes.recvExactly(client, request.length)).isEqualTo(request);
        }
    }

    @Test
    void namesMirrorEachOther() throws IOException {
        assertThat(client.getPeerName()).isEqualTo(server.getSockName());
        assertThat(server.getPeerName()).isEqualTo(client.getSockName());
    }

    @Test
    void sendAllWaitsForASlowReader() throws Exception {
        byte[] all = Bytes.pattern(12_000_003);
        Tasks<Void> sending = Tasks.run(() -> client.sendAll(all));
        sending.awaitParked();

        byte[] got = new byte[all.length];
        int size = 0;
        for (int room = 1; size < all.length; room = room * 3 % 200_003 + 1) {
            int n = server.recvInto(got, size, Math.min(room, all.length - size), 0);
            assertThat(n).isPositive();
            size += n;
        }

        sending.result();
        assertThat(Arrays.equals(got, all)).isTrue();
    }

    @Test
    void sendTakesWhatTheKernelHasRoomForAndNoMore() throws IOException {
        client.setTimeout(Duration.ZERO);
        byte[] all = Bytes.pattern(40_000_000);

        int sent = client.send(all);

        assertThat(sent).isBetween(1, all.length - 1);
        client.shutdown(SHUT_WR);
        assertThat(Bytes.recvToEnd(server)).isEqualTo(Arrays.copyOf(all, sent));
    }

    @Test
    void recvReturnsWhatIsThere() throws IOException {
        client.sendAll(Bytes.of("abc"));
        Bytes.awaitQueued(server, 3);

        assertThat(server.recv(100)).isEqualTo(Bytes.of("abc"));
    }

    @Test
    void recvReturnsNoMoreThanWasAskedFor() throws IOException {
        client.sendAll(Bytes.of("abcdef"));

        assertThat(Bytes.recvExactly(server, 2)).isEqualTo(Bytes.of("ab"));
        assertThat(Bytes.recvExactly(server, 4)).isEqualTo(Bytes.of("cdef"));
    }

    @Test
    void recvOfNothingReturnsAtOnceAndTakesNothing() throws IOException {
        assertThat(server.recv(0)).isEmpty();
        server.setBlocking(false);
        assertThat(server.recv(0)).isEmpty();
        assertThat(server.recvInto(new byte[0])).isZero();

        client.sendAll(Bytes.of("x"));
        server.setBlocking(true);
        assertThat(server.recv(0)).isEmpty();
        assertThat(server.recv(5)).isEqualTo(Bytes.of("x"));
    }

    @Test
    void sendOfNothingSendsNothing() throws IOException {
        assertThat(client.send(new byte[0])).isZero();
        client.sendAll(new byte[0]);
        client.sendAll(Bytes.of("x"));

        assertThat(server.recv(5)).isEqualTo(Bytes.of("x"));
    }

    @Test
    void peekLeavesTheBytes() throws IOException {
        client.sendAll(Bytes.of("abcdef"));
        Bytes.awaitQueued(server, 6);

        assertThat(server.recv(3, MSG_PEEK)).isEqualTo(Bytes.of("abc"));
        assertThat(server.recv(6, MSG_PEEK)).isEqualTo(Bytes.of("abcdef"));
        assertThat(server.recv(6)).isEqualTo(Bytes.of("abcdef"));
    }

    @Test
    void peekWaitsForBytes() throws Exception {
        Tasks<byte[]> peeking = Tasks.start(() -> server.recv(3, MSG_PEEK)).awaitParked();
        client.sendAll(Bytes.of("abc"));

        assertThat(peeking.result()).isEqualTo(Bytes.of("abc"));
        assertThat(server.recv(6)).isEqualTo(Bytes.of("abc"));
    }

    @Test
    void dontWaitMakesOneCallNonBlockingWhateverTheTimeout() throws IOException {
        assertThrowsExactly(WouldBlockException.class, () -> server.recv(1, MSG_DONTWAIT));
        assertThrowsExactly(WouldBlockException.class, () -> server.recvFrom(1, MSG_DONTWAIT));
        server.setTimeout(Duration.ofMinutes(1));
        assertThrowsExactly(WouldBlockException.class, () -> server.recv(1, MSG_DONTWAIT));

        assertThat(Bytes.fillForGood(client, 16 * 1024)).isPositive();
        assertThrowsExactly(WouldBlockException.class, () -> client.sendAll(new byte[1], 0, 1, MSG_DONTWAIT));
    }

    @Test
    void waitAllWaitsForAllOfIt() throws Exception {
        byte[] all = Bytes.pattern(300_000);
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(all.length, MSG_WAITALL));
        receiving.awaitParked();
        for (int at = 0; at < all.length; at += 50_000) {
            client.sendAll(all, at, 50_000, 0);
        }

        assertThat(receiving.result()).isEqualTo(all);
    }

    @Test
    void waitAllReturnsLessAtTheEndOfTheStream() throws Exception {
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(100, MSG_WAITALL));
        client.sendAll(Bytes.of("abc"));
        receiving.awaitParked();
        client.shutdown(SHUT_WR);

        assertThat(receiving.result()).isEqualTo(Bytes.of("abc"));
        assertThat(server.recv(100, MSG_WAITALL)).isEmpty();
    }

    @Test
    void waitAllReturnsLessWhenTheTimeoutPasses() throws IOException {
        client.sendAll(Bytes.of("abc"));
        Bytes.awaitQueued(server, 3);
        server.setTimeout(SHORT);

        assertThat(server.recv(100, MSG_WAITALL)).isEqualTo(Bytes.of("abc"));
        assertThrowsExactly(TimedOutException.class, () -> server.recv(100, MSG_WAITALL));
    }

    @Test
    void waitAllReturnsWhatIsThereWhereItMustNotWait() throws IOException {
        assertThrowsExactly(WouldBlockException.class, () -> server.recv(100, MSG_WAITALL | MSG_DONTWAIT));
        client.sendAll(Bytes.of("abc"));
        Bytes.awaitQueued(server, 3);

        assertThat(server.recv(100, MSG_WAITALL | MSG_DONTWAIT)).isEqualTo(Bytes.of("abc"));
    }

    @Test
    void waitAllOfRecvFromWaitsForAllOfIt() throws Exception {
        client.sendAll(Bytes.of("abc"));
        Bytes.awaitQueued(server, 3);
        Tasks<Received> receiving = Tasks.start(() -> server.recvFrom(6, MSG_WAITALL));
        receiving.awaitParked();
        client.sendAll(Bytes.of("def"));

        assertThat(receiving.result().data()).isEqualTo(Bytes.of("abcdef"));
    }

    @Test
    void waitAllWithPeekWaitsForAllOfItAndLeavesIt() throws Exception {
        client.sendAll(Bytes.of("abc"));
        Bytes.awaitQueued(server, 3);
        Tasks<byte[]> peeking = Tasks.start(() -> server.recv(6, MSG_WAITALL | MSG_PEEK));
        peeking.awaitParked();
        client.sendAll(Bytes.of("def"));

        assertThat(peeking.result()).isEqualTo(Bytes.of("abcdef"));
        assertThat(server.recv(6)).isEqualTo(Bytes.of("abcdef"));
    }

    @Test
    void halfCloseEndsOneDirectionOnly() throws IOException {
        client.sendAll(Bytes.of("last words"));
        client.shutdown(SHUT_WR);

        assertThat(Bytes.recvToEnd(server)).isEqualTo(Bytes.of("last words"));
        assertThat(server.recv(10)).isEmpty();
        server.sendAll(Bytes.of("answer"));
        assertThat(Bytes.recvExactly(client, 6)).isEqualTo(Bytes.of("answer"));
        SocketFailedException ownDoing =
                assertThrowsExactly(SocketFailedException.class, () -> client.send(new byte[1]));
        assertThat(ownDoing.errnoName()).isEqualTo("EPIPE");
    }

    @Test
    void shutdownWakesOwnReader() throws Exception {
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(10)).awaitParked();
        server.shutdown(SHUT_RDWR);

        assertThat(receiving.result()).isEmpty();
    }

    @Test
    void shutdownForReadingEndsTheStreamHere() throws IOException {
        server.shutdown(SHUT_RD);

        assertThat(server.recv(10)).isEmpty();
    }

    @Test
    void shutdownOfAnUnknownDirectionIsRefused() {
        SocketFailedException refused = assertThrowsExactly(SocketFailedException.class, () -> client.shutdown(7));
        assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
    }

    @Test
    void closeOfThePeerIsTheEndOfTheStream() throws Exception {
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(10)).awaitParked();
        client.close();

        assertThat(receiving.result()).isEmpty();
        assertThat(server.recv(10)).isEmpty();
    }

    @Test
    void closeOfThePeerWithUnreadBytesBreaksTheConnection() throws Exception {
        server.sendAll(Bytes.of("never read"));
        Bytes.awaitQueued(client, 10);
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(10)).awaitParked();
        client.close();

        ConnectionBrokenException broken = assertThrowsExactly(ConnectionBrokenException.class, receiving::result);
        assertThat(broken.errnoName()).isEqualTo("ECONNRESET");
        assertThrowsExactly(ConnectionBrokenException.class, () -> server.sendAll(new byte[100_000]));
    }

    @Test
    void aTimeoutOfRecvLosesNothing() throws IOException {
        server.setTimeout(SHORT);
        assertThrowsExactly(TimedOutException.class, () -> server.recv(1));
        assertThrowsExactly(TimedOutException.class, () -> server.recvFrom(1));
        client.sendAll(Bytes.of("abc"));
        server.setTimeout(null);

        assertThat(Bytes.recvExactly(server, 3)).isEqualTo(Bytes.of("abc"));
    }

    @Test
    void oneDeadlineHoldsForAWholeSendAll() throws Exception {
        client.setTimeout(Duration.ofMillis(300));
        byte[] all = Bytes.pattern(40_000_000);
        // The peer goes on reading, so that each single send succeeds in time, and all of them together do not.
        AtomicBoolean slow = new AtomicBoolean(true);
        Tasks<Integer> reading = Tasks.start(() -> {
            int size = 0;
            for (int n = server.recv(4000).length; n > 0; n = server.recv(4000).length) {
                size += n;
                if (slow.get()) {
                    LockSupport.parkNanos(500_000);
                }
            }
            return size;
        });

        long start = System.nanoTime();
        TimedOutException late = assertThrowsExactly(TimedOutException.class, () -> client.sendAll(all));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        slow.set(false);
        client.shutdown(SHUT_WR);

        assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
        assertThat(late.operation()).isEqualTo("sendAll");
        assertThat(reading.result()).isEqualTo(late.bytesTransferred).isLessThan(all.length);
    }

    @Test
    void bytesTransferredOfATimedOutSendAllIsWhatThePeerGets() throws IOException {
        client.setTimeout(SHORT);
        byte[] all = Bytes.pattern(30_000_000);

        TimedOutException late = assertThrowsExactly(TimedOutException.class, () -> client.sendAll(all));
        client.shutdown(SHUT_WR);

        assertThat(Bytes.recvToEnd(server)).isEqualTo(Arrays.copyOf(all, late.bytesTransferred));
    }

    @Test
    void aSocketThatMustNotWaitSaysSo() throws IOException {
        server.setTimeout(Duration.ZERO);
        WouldBlockException empty = assertThrowsExactly(WouldBlockException.class, () -> server.recv(1));
        assertThat(empty.errno()).isEqualTo(Errno.EAGAIN);

        client.setBlocking(false);
        WouldBlockException full =
                assertThrowsExactly(WouldBlockException.class, () -> client.sendAll(new byte[40_000_000]));
        assertThat(full.operation()).isEqualTo("sendAll");
    }

    @Test
    void urgentBytesWaitForRoomLikeAnyOther() throws Exception {
        client.setTimeout(Duration.ofSeconds(10));
        int queued = Bytes.fillForGood(client, 16 * 1024);
        Tasks<Void> sending = Tasks.run(() -> client.sendAll(new byte[40_000], 0, 40_000, MSG_OOB));
        sending.awaitParked();

        assertThat(Bytes.recvExactly(server, queued)).hasSize(queued);
        // All but the urgent byte, the last of each part that was sent.
        assertThat(Bytes.recvExactly(server, 30_000)).hasSize(30_000);
        sending.result();
    }

    @Test
    void moreHoldsBytesBackForTheNextSend() throws IOException {
        assertThat(client.send(Bytes.of("abc"), 0, 3, MSG_MORE)).isEqualTo(3);
        client.sendAll(Bytes.of("def"), 0, 3, MSG_MORE);
        client.sendAll(Bytes.of("ghi"));

        assertThat(Bytes.recvExactly(server, 9)).isEqualTo(Bytes.of("abcdefghi"));
    }

    @Test
    void senderOfAStreamIsItsPeerOrUnknown() throws IOException {
        client.sendAll(Bytes.of("abc"));
        Received received = server.recvFrom(10);

        assertThat(received.data()).isEqualTo(Bytes.of("abc"));
        assertThat(received.address()).isEqualTo(kind.isTcp() ? null : SockaddrUn.UNNAMED);
    }

    @Test
    void sendToOnAConnectedStreamGoesToThePeerOrIsRefused() throws IOException {
        Sockaddr elsewhere = kind.isTcp() ? SockaddrIn.of("127.0.0.1", 1) : SockaddrUn.ofAbstract("elsewhere");
        if (kind.isTcp()) {
            assertThat(client.sendTo(Bytes.of("abc"), elsewhere)).isEqualTo(3);
            assertThat(Bytes.recvExactly(server, 3)).isEqualTo(Bytes.of("abc"));
        } else {
            SocketFailedException refused =
                    assertThrowsExactly(SocketFailedException.class, () -> client.sendTo(new byte[1], elsewhere));
            assertThat(refused.errnoName()).isEqualTo("EISCONN");
        }
    }
}
