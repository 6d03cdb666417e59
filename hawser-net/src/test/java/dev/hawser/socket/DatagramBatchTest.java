package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.IPPROTO_IP;
import static dev.hawser.socket.Constants.IP_RECVTTL;
import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOL_UDP;
import static dev.hawser.socket.Constants.UDP_GRO;
import static dev.hawser.socket.Constants.UDP_SEGMENT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many messages with one system call, and UDP that cuts and joins them. */
@Timeout(30)
class DatagramBatchTest {

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @EnumSource
    void aBatchGoesThereAndBack(DatagramKind kind) throws IOException {
        Socket client = kind.bound(scope);
        Socket server = kind.bound(scope);
        DatagramBatch sent = new DatagramBatch(5, 100);
        for (int i = 0; i < 5; i++) {
            sent.add(Bytes.of("message " + i), server.getSockName());
        }
        assertThat(client.sendMmsg(sent, 0, 0)).isEqualTo(5);

        DatagramBatch received = new DatagramBatch(64, 2000);
        assertThat(server.recvMmsg(received, 0)).isEqualTo(5).isEqualTo(received.size());
        for (int i = 0; i < 5; i++) {
            assertThat(received.bytes(i)).isEqualTo(Bytes.of("message " + i));
            assertThat(received.address(i)).isEqualTo(client.getSockName());
            assertThat(received.flags(i)).isZero();
            assertThat(received.segmentBytes(i)).isZero();
            received.data(i).set(JAVA_BYTE, 0, (byte) 'M');
        }
        received.setLength(4, 7);
        assertThat(server.sendMmsg(received, 0, 0)).isEqualTo(5);
        assertThat(client.recvFrom(100).data()).isEqualTo(Bytes.of("Message 0"));
        assertThat(client.recvMmsg(sent, 0)).isEqualTo(4);
        assertThat(sent.bytes(3)).isEqualTo(Bytes.of("Message"));
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatNothingCameIntoIsAddressedAnew(DatagramKind kind) throws IOException {
        Socket client = kind.bound(scope);
        Socket server = kind.bound(scope);
        DatagramBatch batch = new DatagramBatch(2, 100);
        for (int round = 0; round < 2; round++) {
            batch.add(Bytes.of("again"), server.getSockName());
            assertThat(client.sendMmsg(batch, 0, 0)).isOne();
            assertThat(server.recv(100)).isEqualTo(Bytes.of("again"));
            assertThrowsExactly(WouldBlockException.class, () -> client.recvMmsg(batch, MSG_DONTWAIT));
        }
    }

    @Test
    void itIsUsedAgainAndAgain() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        DatagramBatch batch = new DatagramBatch(4, 100);
        for (int round = 0; round < 50; round++) {
            batch.clear();
            for (int i = 0; i <= round % 4; i++) {
                batch.add(3, null).copyFrom(MemorySegment.ofArray(Bytes.of("x" + round / 10 + round % 10)));
            }
            assertThat(pair.first().sendMmsg(batch, 0, 0)).isEqualTo(round % 4 + 1);
            assertThat(pair.second().recvMmsg(batch, 0)).isEqualTo(round % 4 + 1);
            assertThat(batch.bytes(0)).isEqualTo(Bytes.of("x" + round / 10 + round % 10));
        }
    }

    @Test
    void aFullQueueTakesSomeAndTheNextCallWaitsForRoom() throws Exception {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        DatagramBatch batch = new DatagramBatch(1024, 10);
        for (int i = 0; i < 1024; i++) {
            batch.add(Bytes.of("m" + i), null);
        }
        int taken = pair.first().sendMmsg(batch, 0, 0);
        assertThat(taken).isBetween(1, 1023);
        assertThrowsExactly(WouldBlockException.class, () -> pair.first().sendMmsg(batch, taken, MSG_DONTWAIT));
        Tasks<Integer> sending =
                Tasks.start(() -> pair.first().sendMmsg(batch, taken, 0)).awaitParked();
        for (int i = 0; i < taken; i++) {
            assertThat(pair.second().recv(10)).isEqualTo(Bytes.of("m" + i));
        }
        assertThat(sending.result()).isPositive();
        assertThat(pair.second().recv(10)).isEqualTo(Bytes.of("m" + taken));
    }

    @Test
    void theFirstThatCannotBeSentEndsTheBatch() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.unixAbstract());
        Socket sender = scope.socket(Constants.AF_UNIX, SOCK_DGRAM);
        DatagramBatch batch = new DatagramBatch(3, 10);
        batch.add(Bytes.of("one"), receiver.getSockName());
        batch.add(Bytes.of("two"), Scope.unixAbstract());
        batch.add(Bytes.of("three"), receiver.getSockName());

        assertThat(sender.sendMmsg(batch, 0, 0)).isEqualTo(1);
        assertThrowsExactly(UnreachablePortException.class, () -> sender.sendMmsg(batch, 1, 0));
        assertThat(sender.sendMmsg(batch, 2, 0)).isEqualTo(1);
        assertThat(sender.sendMmsg(batch, 3, 0)).isZero();
    }

    @Test
    void itWaitsForTheFirstOnly() throws Exception {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        DatagramBatch batch = new DatagramBatch(4, 100);
        pair.first().setTimeout(Duration.ofMillis(20));
        assertThrowsExactly(TimedOutException.class, () -> pair.first().recvMmsg(batch, 0));
        assertThat(batch.size()).isZero();
        Tasks<Integer> receiving =
                Tasks.start(() -> pair.second().recvMmsg(batch, 0)).awaitParked();
        pair.first().send(Bytes.of("only"));
        assertThat(receiving.result()).isEqualTo(1);
        assertThat(batch.bytes(0)).isEqualTo(Bytes.of("only"));
    }

    @Test
    void whatDoesNotFitIsReported() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        pair.first().send(Bytes.of("0123456789"));
        DatagramBatch batch = new DatagramBatch(1, 4);
        assertThat(pair.second().recvMmsg(batch, Constants.MSG_TRUNC)).isEqualTo(1);
        assertThat(batch.flags(0)).isEqualTo(Constants.MSG_TRUNC);
        assertThat(batch.bytes(0)).isEqualTo(Bytes.of("0123"));
    }

    @Test
    void ancillaryDataGoAlong() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        receiver.setSockOpt(IPPROTO_IP, IP_RECVTTL, 1);
        Socket sender = scope.bound(SOCK_DGRAM, Scope.loopback4());
        DatagramBatch batch = new DatagramBatch(2, 10, Sockets.cmsgSpace(Integer.BYTES));
        for (int ttl : new int[] {11, 12}) {
            batch.add(
                    MemorySegment.ofArray(new byte[1]),
                    receiver.getSockName(),
                    List.of(new ControlMessage.TimeToLive(ttl)));
        }
        assertThat(sender.sendMmsg(batch, 0, 0)).isEqualTo(2);
        assertThat(receiver.recvMmsg(batch, 0)).isEqualTo(2);
        assertThat(batch.control(0)).containsExactly(new ControlMessage.TimeToLive(11));
        assertThat(batch.control(1)).containsExactly(new ControlMessage.TimeToLive(12));
        // Sent back, they have none.
        receiver.sendMmsg(batch, 0, 0);
        sender.setSockOpt(IPPROTO_IP, IP_RECVTTL, 1);
        assertThat(sender.recv(10)).hasSize(1);
    }

    @Test
    void argumentsAreChecked() {
        assertThrowsExactly(IllegalArgumentException.class, () -> new DatagramBatch(0, 1));
        assertThrowsExactly(IllegalArgumentException.class, () -> new DatagramBatch(1025, 1));
        assertThrowsExactly(IllegalArgumentException.class, () -> new DatagramBatch(1, 0));
        assertThrowsExactly(IllegalArgumentException.class, () -> new DatagramBatch(1, 1, -1));
        DatagramBatch batch = new DatagramBatch(1, 4);
        assertThrowsExactly(IllegalArgumentException.class, () -> batch.add(new byte[5], null));
        assertThrowsExactly(
                IllegalArgumentException.class,
                () -> batch.add(MemorySegment.ofArray(new byte[1]), null, List.of(new ControlMessage.TimeToLive(1))));
        assertThrowsExactly(IndexOutOfBoundsException.class, () -> batch.data(0));
        batch.add(new byte[4], null);
        assertThrowsExactly(IllegalStateException.class, () -> batch.add(new byte[1], null));
    }

    @Test
    void oneSendIsCutIntoDatagramsAndJoinedAgain() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback4());
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        byte[] large = Bytes.pattern(10_500);
        List<ControlMessage> cut = List.of(new ControlMessage.UdpSegment(1000));
        assertThat(sender.sendMsg(large, cut, 0, receiver.getSockName())).isEqualTo(large.length);
        for (int i = 0; i < 11; i++) {
            assertThat(receiver.recv(2000)).hasSize(i < 10 ? 1000 : 500);
        }

        receiver.setSockOpt(SOL_UDP, UDP_GRO, 1);
        sender.setSockOpt(SOL_UDP, UDP_SEGMENT, 1000);
        sender.sendTo(large, receiver.getSockName());
        ReceivedMessage joined = receiver.recvMsg(65_535, 100, 0);
        assertThat(joined.data()).isEqualTo(large);
        assertThat(joined.find(ControlMessage.UdpGro.class)).contains(new ControlMessage.UdpGro(1000));

        sender.sendTo(large, receiver.getSockName());
        DatagramBatch batch = new DatagramBatch(2, 65_535, 100);
        assertThat(receiver.recvMmsg(batch, 0)).isEqualTo(1);
        assertThat(batch.bytes(0)).isEqualTo(large);
        assertThat(batch.segmentBytes(0)).isEqualTo(1000);
    }
}
