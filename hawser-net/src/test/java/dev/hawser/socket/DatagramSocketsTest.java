package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_MORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.SystemCalls;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of datagrams, for each kind of datagram socket, and what is special in a family. */
@Timeout(30)
class DatagramSocketsTest {

    @Nested
    class Udp4 extends DatagramContract {
        Udp4() {
            super(DatagramKind.UDP4);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class Udp6OnVirtualThreads extends DatagramContract {
        Udp6OnVirtualThreads() {
            super(DatagramKind.UDP6);
        }
    }

    @Nested
    class UnixPath extends DatagramContract {
        UnixPath() {
            super(DatagramKind.UNIX_PATH);
        }
    }

    @Nested
    @ExtendWith(OnVirtualThreads.class)
    class UnixAbstractOnVirtualThreads extends DatagramContract {
        UnixAbstractOnVirtualThreads() {
            super(DatagramKind.UNIX_ABSTRACT);
        }
    }

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @EnumSource(
            value = DatagramKind.class,
            names = {"UDP4", "UDP6"})
    void moreCollectsOneUdpDatagram(DatagramKind kind) throws IOException {
        Socket receiver = kind.bound(scope);
        Socket sender = kind.bound(scope);
        sender.connect(receiver.getSockName());
        sender.send(Bytes.of("abc"), 0, 3, MSG_MORE);
        sender.sendAll(Bytes.of("def"), 0, 3, MSG_MORE);
        sender.send(Bytes.of("ghi"));

        assertThat(receiver.recv(100)).isEqualTo(Bytes.of("abcdefghi"));
    }

    @ParameterizedTest
    @EnumSource(
            value = DatagramKind.class,
            names = {"UDP4", "UDP6"})
    void aUdpPortWhereNobodyReceivesIsUnreachable(DatagramKind kind) throws IOException {
        Socket gone = kind.bound(scope);
        Socket sender = kind.bound(scope);
        sender.connect(gone.getSockName());
        gone.close();
        sender.send(Bytes.of("x"));
        sender.setTimeout(Duration.ofSeconds(5));

        UnreachablePortException unreachable =
                assertThrowsExactly(UnreachablePortException.class, () -> sender.recv(10));
        assertThat(unreachable.errnoName()).isEqualTo("ECONNREFUSED");
        assertThat(unreachable.remote()).isEqualTo(sender.getPeerName());
    }

    @Test
    void aWaitingReaderIsToldThatThePortIsUnreachable() throws Exception {
        Socket gone = DatagramKind.UDP4.bound(scope);
        Socket sender = DatagramKind.UDP4.bound(scope);
        sender.connect(gone.getSockName());
        gone.close();
        Tasks<byte[]> receiving = Tasks.start(() -> sender.recv(10)).awaitParked();
        sender.send(Bytes.of("x"));

        assertThrowsExactly(UnreachablePortException.class, receiving::result);
        sender.setTimeout(Duration.ZERO);
        assertThrowsExactly(WouldBlockException.class, () -> sender.recv(10));
    }

    @Test
    void aSenderWaitsForRoomAtAUnixReceiver() throws Exception {
        Socket receiver = DatagramKind.UNIX_ABSTRACT.bound(scope);
        Socket sender = DatagramKind.UNIX_ABSTRACT.bound(scope);
        int queued = fillQueue(sender, receiver.getSockName());
        Tasks<Integer> sending = Tasks.start(() -> sender.sendTo(Bytes.of("last"), receiver.getSockName()));
        sending.awaitParked();
        for (int i = 0; i < queued; i++) {
            receiver.recv(10);
        }

        assertThat(sending.result()).isEqualTo(4);
        assertThat(receiver.recv(10)).isEqualTo(Bytes.of("last"));
    }

    /** The kernel tells a sender only of room that its own datagrams, or its connected peer, have made. */
    @Test
    void aSenderWaitsForRoomAtAUnixReceiverThatOthersHaveFilled() throws Exception {
        Socket receiver = DatagramKind.UNIX_ABSTRACT.bound(scope);
        Sockaddr to = receiver.getSockName();
        Socket sender = DatagramKind.UNIX_ABSTRACT.bound(scope);
        int queued = fillQueue(DatagramKind.UNIX_ABSTRACT.bound(scope), to);
        sender.setTimeout(Duration.ofMillis(20));
        assertThrowsExactly(TimedOutException.class, () -> sender.sendTo(Bytes.of("late"), to));
        sender.setTimeout(Duration.ofSeconds(5));
        Tasks<Integer> sending =
                Tasks.start(() -> sender.sendTo(Bytes.of("last"), to)).awaitParked();
        for (int i = 0; i < queued; i++) {
            receiver.recv(10);
        }

        assertThat(sending.result()).isEqualTo(4);
        assertThat(receiver.recv(10)).isEqualTo(Bytes.of("last"));
    }

    @Test
    void aConnectedSenderWaitsForRoomAtAUnixReceiverThatOthersHaveFilled() throws Exception {
        Socket receiver = DatagramKind.UNIX_ABSTRACT.bound(scope);
        Socket sender = DatagramKind.UNIX_ABSTRACT.bound(scope);
        sender.setTimeout(Duration.ofSeconds(5));
        sender.connect(receiver.getSockName());
        int queued = fillQueue(DatagramKind.UNIX_ABSTRACT.bound(scope), receiver.getSockName());
        Tasks<Integer> sending =
                Tasks.start(() -> sender.send(Bytes.of("last"))).awaitParked();
        for (int i = 0; i < queued; i++) {
            receiver.recv(10);
        }

        assertThat(sending.result()).isEqualTo(4);
    }

    @Test
    void aSenderToAFullUnixReceiverTimesOut() throws IOException {
        Socket receiver = DatagramKind.UNIX_ABSTRACT.bound(scope);
        Socket sender = DatagramKind.UNIX_ABSTRACT.bound(scope);
        fillQueue(sender, receiver.getSockName());
        sender.setTimeout(Duration.ofMillis(60));

        TimedOutException late =
                assertThrowsExactly(TimedOutException.class, () -> sender.sendTo(new byte[1], receiver.getSockName()));
        assertThat(late.remote()).isEqualTo(receiver.getSockName());
    }

    /** Each refused datagram makes the sender writable again for the kernel, though there is no room at the receiver. */
    @Test
    void aSenderThatWaitsForRoomDoesNotSpin() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public long sendTo(
                    int fd, MemorySegment data, int flags, MemorySegment to, int toLength, boolean takesLong) {
                tries.incrementAndGet();
                return SystemCalls.LIBC.sendTo(fd, data, flags, to, toLength, takesLong);
            }
        });
        try {
            Socket receiver = DatagramKind.UNIX_ABSTRACT.bound(scope);
            Socket sender = DatagramKind.UNIX_ABSTRACT.bound(scope);
            fillQueue(sender, receiver.getSockName());
            tries.set(0);
            sender.setTimeout(Duration.ofMillis(200));
            assertThrowsExactly(TimedOutException.class, () -> sender.sendTo(new byte[1], receiver.getSockName()));
        } finally {
            SystemCalls.install(before);
        }

        assertThat(tries.get()).isLessThan(250);
    }

    /** How many datagrams a receiver takes before its senders must wait. */
    private static int fillQueue(Socket sender, Sockaddr to) throws IOException {
        sender.setBlocking(false);
        for (int n = 0; ; n++) {
            try {
                sender.sendTo(Bytes.of("full"), to);
            } catch (WouldBlockException e) {
                sender.setBlocking(true);
                return n;
            }
        }
    }
}
