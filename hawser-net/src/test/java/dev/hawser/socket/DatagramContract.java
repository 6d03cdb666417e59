package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Constants.MSG_TRUNC;
import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every datagram socket does, whatever its family. */
@Timeout(30)
abstract class DatagramContract {

    private static final Duration SHORT = Duration.ofMillis(40);

    final DatagramKind kind;

    @AutoClose
    final Scope scope = new Scope();

    Socket sender;
    Socket receiver;
    Sockaddr to;

    DatagramContract(DatagramKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void bind() throws IOException {
        sender = kind.bound(scope);
        receiver = kind.bound(scope);
        to = receiver.getSockName();
    }

    @Test
    void aDatagramComesWithItsSender() throws IOException {
        assertThat(sender.sendTo(Bytes.of("abc"), to)).isEqualTo(3);
        Received received = receiver.recvFrom(100);

        assertThat(received.data()).isEqualTo(Bytes.of("abc"));
        assertThat(received.address()).isEqualTo(sender.getSockName());
    }

    @Test
    void theSenderCanBeAnswered() throws Exception {
        Tasks<Received> receiving = Tasks.start(() -> receiver.recvFrom(100)).awaitParked();
        sender.sendTo(Bytes.of("question"), to);
        Sockaddr from = receiving.result().address();
        receiver.sendTo(Bytes.of("answer"), from);

        assertThat(sender.recv(100)).isEqualTo(Bytes.of("answer"));
    }

    @Test
    void anUnboundSenderHasAnAddressOrNone() throws IOException {
        Socket unbound = scope.socket(sender.family(), Constants.SOCK_DGRAM);
        unbound.sendTo(Bytes.of("abc"), to);
        Sockaddr from = receiver.recvFrom(100).address();

        // The kernel binds an Internet socket that sends; a Unix socket stays unnamed.
        assertThat(from).isEqualTo(kind.isUdp() ? portOf(unbound) : SockaddrUn.UNNAMED);
    }

    private Sockaddr portOf(Socket socket) throws IOException {
        return switch (socket.getSockName()) {
            case SockaddrIn in -> SockaddrIn.of("127.0.0.1", in.port());
            case SockaddrIn6 in6 -> SockaddrIn6.of("::1", in6.port());
            default -> throw new AssertionError("no port");
        };
    }

    @Test
    void aConnectedSocketHasOnePeer() throws IOException {
        sender.connect(to);
        receiver.connect(sender.getSockName());

        assertThat(sender.getPeerName()).isEqualTo(to);
        assertThat(sender.send(Bytes.of("one"))).isEqualTo(3);
        sender.sendAll(Bytes.of("two"));
        assertThat(receiver.recv(100)).isEqualTo(Bytes.of("one"));
        assertThat(receiver.recvFrom(100).address()).isEqualTo(sender.getSockName());
    }

    @Test
    void aConnectionOfADatagramSocketCanBeDissolved() throws IOException {
        sender.connect(to);
        sender.connect(new SockaddrOther(Constants.AF_UNSPEC, new byte[14]));

        assertThrows(SocketFailedException.class, sender::getPeerName);
        assertThrows(SocketFailedException.class, () -> sender.send(new byte[1]));
    }

    @Test
    void messagesKeepTheirBorders() throws IOException {
        for (int i = 1; i < 9; i++) {
            sender.sendTo(Bytes.pattern(i), to);
        }
        for (int i = 1; i < 9; i++) {
            assertThat(receiver.recv(100)).isEqualTo(Bytes.pattern(i));
        }
    }

    @Test
    void anEmptyDatagramIsSentAndReceived() throws IOException {
        assertThat(sender.sendTo(new byte[0], to)).isZero();
        assertThat(sender.sendTo(new byte[5], 2, 0, 0, to)).isZero();
        assertThat(sender.sendTo(ByteBuffer.allocate(0), 0, to)).isZero();
        sender.connect(to);
        assertThat(sender.send(new byte[0])).isZero();
        sender.sendAll(new byte[0]);
        sender.send(Bytes.of("end"));

        for (int i = 0; i < 3; i++) {
            Received empty = receiver.recvFrom(100);
            assertThat(empty.data()).isEmpty();
            assertThat(empty.address()).isEqualTo(sender.getSockName());
        }
        assertThat(receiver.recv(100)).isEmpty();
        assertThat(receiver.recvInto(new byte[5])).isZero();
        assertThat(receiver.recv(100)).isEqualTo(Bytes.of("end"));
    }

    @Test
    void recvOfNothingTakesNothingAndRecvFromOfNothingTakesADatagram() throws IOException {
        sender.sendTo(Bytes.of("one"), to);
        sender.sendTo(Bytes.of("two"), to);

        assertThat(receiver.recv(0)).isEmpty();
        assertThat(receiver.recvInto(new byte[0])).isZero();
        assertThat(receiver.recvFrom(0).address()).isEqualTo(sender.getSockName());
        assertThat(receiver.recv(9)).isEqualTo(Bytes.of("two"));
    }

    @Test
    void whatDoesNotFitIsDropped() throws IOException {
        for (int i = 0; i < 5; i++) {
            sender.sendTo(Bytes.of("0123456789"), to);
        }

        assertThat(receiver.recv(4)).isEqualTo(Bytes.of("0123"));
        assertThat(receiver.recvFrom(3).data()).isEqualTo(Bytes.of("012"));
        assertThat(receiver.recvFromInto(new byte[2]).count()).isEqualTo(2);
        assertThat(receiver.recv(2, MSG_WAITALL)).isEqualTo(Bytes.of("01"));
        assertThat(receiver.recv(20)).isEqualTo(Bytes.of("0123456789"));
    }

    @Test
    void truncTellsHowLongTheDatagramWas() throws IOException {
        for (int i = 0; i < 4; i++) {
            sender.sendTo(Bytes.of("0123456789"), to);
        }
        byte[] buffer = Bytes.of("......");
        ByteBuffer room = ByteBuffer.allocateDirect(6);

        assertThat(receiver.recvInto(buffer, 1, 4, MSG_TRUNC)).isEqualTo(10);
        assertThat(buffer).isEqualTo(Bytes.of(".0123."));
        assertThat(receiver.recvFromInto(buffer, 0, 2, MSG_TRUNC).count()).isEqualTo(10);
        assertThat(receiver.recvInto(room, MSG_TRUNC)).isEqualTo(10);
        assertThat(room.hasRemaining()).isFalse();
        assertThat(receiver.recv(4, MSG_TRUNC)).isEqualTo(Bytes.of("0123"));
    }

    @Test
    void peekLeavesTheDatagram() throws IOException {
        sender.sendTo(Bytes.of("0123456789"), to);

        assertThat(receiver.recv(4, MSG_PEEK)).isEqualTo(Bytes.of("0123"));
        assertThat(receiver.recvFrom(4, MSG_PEEK).address()).isEqualTo(sender.getSockName());
        assertThat(receiver.recvInto(new byte[1], 0, 1, MSG_PEEK | MSG_TRUNC)).isEqualTo(10);
        assertThat(receiver.recv(20)).isEqualTo(Bytes.of("0123456789"));
    }

    @Test
    void aTimeoutLosesNothing() throws IOException {
        receiver.setTimeout(SHORT);
        TimedOutException late = assertThrowsExactly(TimedOutException.class, () -> receiver.recvFrom(1));
        assertThat(late.operation()).isEqualTo("recvFrom");
        assertThrowsExactly(TimedOutException.class, () -> receiver.recv(1));
        sender.sendTo(Bytes.of("x"), to);

        assertThat(receiver.recv(1)).isEqualTo(Bytes.of("x"));
    }

    @Test
    void aSocketThatMustNotWaitSaysSo() {
        assertThrowsExactly(WouldBlockException.class, () -> receiver.recvFrom(1, MSG_DONTWAIT));
        receiver.setTimeout(Duration.ZERO);
        assertThrowsExactly(WouldBlockException.class, () -> receiver.recvFrom(1));
        assertThrowsExactly(WouldBlockException.class, () -> receiver.recv(1));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormOfBufferIsSentFrom(Memory memory) throws IOException {
        ByteBuffer buffer = memory.buffer(8).put(Bytes.of("01234567")).flip().position(2);
        MemorySegment segment = memory.segment(4).copyFrom(MemorySegment.ofArray(Bytes.of("wxyz")));

        assertThat(sender.sendTo(Bytes.of("01234567"), 3, 4, 0, to)).isEqualTo(4);
        assertThat(receiver.recv(20)).isEqualTo(Bytes.of("3456"));
        assertThat(sender.sendTo(buffer, 0, to)).isEqualTo(6);
        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(receiver.recv(20)).isEqualTo(Bytes.of("234567"));
        assertThat(sender.sendTo(buffer.flip().asReadOnlyBuffer(), 0, to)).isEqualTo(8);
        assertThat(receiver.recv(20)).isEqualTo(Bytes.of("01234567"));
        assertThat(sender.sendTo(segment.asReadOnly(), 0, to)).isEqualTo(4);
        assertThat(receiver.recv(20)).isEqualTo(Bytes.of("wxyz"));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormOfBufferIsReceivedInto(Memory memory) throws IOException {
        for (int i = 0; i < 4; i++) {
            sender.sendTo(Bytes.of("abcd"), to);
        }
        byte[] array = Bytes.of("........");
        ByteBuffer buffer = memory.buffer(8).position(1);
        MemorySegment segment = memory.segment(6);

        assertThat(receiver.recvFromInto(array, 1, 6, 0)).isEqualTo(new ReceivedInto(4, sender.getSockName()));
        assertThat(array).isEqualTo(Bytes.of(".abcd..."));
        assertThat(receiver.recvFromInto(buffer, 0)).isEqualTo(new ReceivedInto(4, sender.getSockName()));
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(receiver.recvFromInto(segment, 0)).isEqualTo(new ReceivedInto(4, sender.getSockName()));
        assertThat(segment.asSlice(0, 4).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(Bytes.of("abcd"));
        assertThat(receiver.recvFromInto(array)).isEqualTo(new ReceivedInto(4, sender.getSockName()));
        assertThat(array).isEqualTo(Bytes.of("abcdd..."));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadOnlyIsRefusedAsRoom(Memory memory) {
        ByteBuffer buffer = memory.buffer(10).asReadOnlyBuffer();
        MemorySegment segment = memory.segment(10).asReadOnly();

        assertThrowsExactly(ReadOnlyBufferException.class, () -> receiver.recvFromInto(buffer, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.recvFromInto(segment, 0));
    }

    @ParameterizedTest
    @EnumSource
    void datagramsOfMoreThan64KibArriveWholeWhereTheFamilyHasThem(Memory memory) throws IOException {
        byte[] data = Bytes.pattern(150_000);
        MemorySegment segment = memory.segment(data.length).copyFrom(MemorySegment.ofArray(data));
        if (kind.isUdp()) {
            SocketFailedException tooLong =
                    assertThrowsExactly(SocketFailedException.class, () -> sender.sendTo(segment, 0, to));
            assertThat(tooLong.errnoName()).isEqualTo("EMSGSIZE");
            return;
        }

        assertThat(sender.sendTo(segment, 0, to)).isEqualTo(data.length);
        MemorySegment room = memory.segment(200_000);
        assertThat(receiver.recvInto(room, 0)).isEqualTo(data.length);
        assertThat(room.asSlice(0, data.length).mismatch(segment)).isEqualTo(-1);

        sender.connect(to);
        sender.sendAll(segment, 0);
        assertThat(receiver.recvFromInto(room, MSG_PEEK)).isEqualTo(new ReceivedInto(150_000, sender.getSockName()));
        assertThat(receiver.recvInto(memory.segment(70_000), MSG_TRUNC)).isEqualTo(150_000);
    }

    @ParameterizedTest
    @EnumSource
    void theLongestUdpDatagramArrivesWhole(Memory memory) throws IOException {
        int longest = 65_507;
        MemorySegment segment = memory.segment(longest).copyFrom(MemorySegment.ofArray(Bytes.pattern(longest)));
        assertThat(sender.sendTo(segment, 0, to)).isEqualTo(longest);
        MemorySegment room = memory.segment(100_000);

        assertThat(receiver.recvFromInto(room, 0)).isEqualTo(new ReceivedInto(longest, sender.getSockName()));
        assertThat(room.asSlice(0, longest).mismatch(segment)).isEqualTo(-1);
    }

    @Test
    void aSenderWithoutADestinationIsRefused() {
        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> sender.send(Bytes.of("x")));
        assertThat(refused.errnoName()).isEqualTo(kind.isUdp() ? "EDESTADDRREQ" : "ENOTCONN");
    }

    @Test
    void shutdownWakesTheReader() throws Exception {
        receiver.connect(sender.getSockName());
        Tasks<byte[]> receiving = Tasks.start(() -> receiver.recv(10)).awaitParked();
        receiver.shutdown(SHUT_RDWR);

        assertThat(receiving.result()).isEmpty();
    }
}
