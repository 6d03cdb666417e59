package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOL_SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of answers that are shorter or longer than those of this kernel, which older and newer ones may give. */
@Timeout(30)
class OptionAnswersTest {

    private final Answers calls = new Answers();

    private SystemCalls before = calls;

    @AutoClose
    final Scope scope = new Scope();

    @BeforeEach
    void install() {
        before = SystemCalls.install(calls);
    }

    @AfterEach
    void putBack() {
        SystemCalls.install(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8})
    void anIntOfAnotherLengthIsNoValue(int length) throws IOException {
        Socket socket = answering(new byte[length]);

        assertRefused(
                socket, SocketOptions.SO_RCVBUF, length > 4 ? "5 or more bytes, not 4" : length + " bytes, not 4");
        assertRefused(socket, SocketOptions.SO_KEEPALIVE, "bytes, not 4");
        assertRefused(socket, SocketOptions.SO_BPF_EXTENSIONS, "bytes, not 4");
        assertRefused(socket, TcpOptions.TCP_KEEPIDLE, "bytes, not 4");
        assertRefused(socket, IpOptions.IP_UNICAST_IF, "bytes, not 4");
        if (length != 8) {
            assertRefused(socket, SocketOptions.SO_COOKIE, "bytes, not 8");
            assertRefused(socket, SocketOptions.SO_LINGER, "bytes, not 8");
        }
        assertRefused(socket, SocketOptions.SO_RCVTIMEO, "bytes, not 16");
        assertRefused(socket, SocketOptions.SO_MEMINFO, length + " bytes, not 36 to 256");
        assertRefused(socket, UnixOptions.SO_PEERCRED, "bytes, not 12");
    }

    @Test
    void anIntOfOneByteOrTwoIsTheirNumber() throws IOException {
        Socket socket = answering((byte) 0x81);
        assertThat(socket.getSockOpt(SOL_SOCKET, 1)).isEqualTo(0x81);
        calls.answer = new byte[] {0x12, 0x12};
        assertThat(socket.getSockOpt(SOL_SOCKET, 1)).isEqualTo(0x1212);
        calls.answer = new byte[0];
        assertThat(socket.getSockOpt(SOL_SOCKET, 1)).isZero();
    }

    @Test
    void anIntOfThreeBytesIsNoNumber() throws IOException {
        Socket socket = answering((byte) 1, (byte) 2, (byte) 3);

        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> socket.getSockOpt(SOL_SOCKET, 2));

        assertThat(refused).hasMessageContaining("option 2 of level 1 has 3 bytes: no int");
        assertThat(refused.systemCall()).isEqualTo("getsockopt");
    }

    /** Other options are cut off at the room that they are given: garbage in the rest would be read as theirs. */
    @Test
    void bytesThatTheKernelDidNotWriteAreNotReturned() throws IOException {
        Socket socket = answering((byte) 7);

        assertThat(socket.getSockOpt(SOL_SOCKET, 2, 100)).containsExactly(7);
    }

    @Test
    void aShortTcpInfoTellsWhatItHas() throws IOException {
        byte[] old = tcpInfo(TcpInfoReader.MIN_BYTES);
        TcpInfo info = answering(old).getSockOpt(TcpOptions.TCP_INFO);

        assertThat(info.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(info.terms().sendSegment()).isPositive();
        assertThat(info.delivery().repeated()).isPositive();
        assertThat(info.roundTrip().minimum()).isNegative();
        assertThat(info.congestion().pacingRate()).isEqualTo(-1);
        assertThat(info.sent().bytes()).isEqualTo(-1);
        assertThat(info.received().bytes()).isEqualTo(-1);
        assertThat(info.delivery().segments()).isEqualTo(-1);
        assertThat(info.busy()).isEqualTo(new TcpInfo.Busy(micros(-1), micros(-1), micros(-1), -1, -1));
    }

    /** The struct ends within a field of eight bytes. */
    @Test
    void aFieldThatIsCutIsNotTold() throws IOException {
        TcpInfo info = answering(tcpInfo(TcpInfoReader.MIN_BYTES + 4)).getSockOpt(TcpOptions.TCP_INFO);

        assertThat(info.congestion().pacingRate()).isEqualTo(-1);
    }

    @Test
    void aLongTcpInfoIsReadAsFarAsItIsKnown() throws IOException {
        TcpInfo known = answering(tcpInfo(280)).getSockOpt(TcpOptions.TCP_INFO);
        calls.answer = tcpInfo(TcpInfoReader.MAX_BYTES);

        assertThat(scope.socket(AF_INET, SOCK_DGRAM).getSockOpt(TcpOptions.TCP_INFO))
                .isEqualTo(known);
    }

    @Test
    void aTcpInfoThatIsTooShortOrTooLongIsNoValue() throws IOException {
        int tooShort = TcpInfoReader.MIN_BYTES - 1;
        assertRefused(answering(tcpInfo(tooShort)), TcpOptions.TCP_INFO, "has " + tooShort + " bytes, not ");
        calls.answer = tcpInfo(TcpInfoReader.MAX_BYTES + 1);
        assertRefused(scope.socket(AF_INET, SOCK_DGRAM), TcpOptions.TCP_INFO, "has 4097 or more bytes, not ");
    }

    @Test
    void numbersThatANewerKernelAddsAreLeftOut() throws IOException {
        byte[] numbers = CBytes.ints(IntStream.range(1, 41).toArray());
        SocketMemory memory = answering(Arrays.copyOf(numbers, 36)).getSockOpt(SocketOptions.SO_MEMINFO);
        calls.answer = numbers;

        assertThat(scope.socket(AF_INET, SOCK_DGRAM).getSockOpt(SocketOptions.SO_MEMINFO))
                .isEqualTo(memory);
        assertThat(memory.received()).isEqualTo(new SocketMemory.Received(1, 2, 8, 9));
    }

    @Test
    void theTimestampingOfAnOldKernelHasNoClock() throws IOException {
        Timestamping read = answering(CBytes.ints(0x18)).getSockOpt(SocketOptions.SO_TIMESTAMPING);

        assertThat(read).isEqualTo(new Timestamping(0x18, 0));
    }

    @Test
    void sourcesOfAGroupWithoutAHeadAreNoValue() throws IOException {
        Socket socket = answering(new byte[15]);
        MulticastGroup group = MulticastGroup.of("239.1.2.3").onAddress("127.0.0.1");

        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> Multicast.filter(socket, group));

        assertThat(refused).hasMessageContaining("option IP_MSFILTER has 15 bytes");
    }

    /** A kernel may count more sources than there was room for, and a wrong one more than it gave. */
    @Test
    void noMoreSourcesAreReadThanTheAnswerHas() throws IOException {
        byte[] answer = CBytes.ints(0, 0, 1, Integer.MAX_VALUE, 0x0100007f);
        Socket socket = answering(answer);
        MulticastGroup group = MulticastGroup.of("239.1.2.3").onAddress("127.0.0.1");

        assertThat(Multicast.filter(socket, group).sources())
                .hasSize(1)
                .first()
                .extracting(Object::toString)
                .isEqualTo("/127.0.0.1");
    }

    private Socket answering(byte... answer) throws IOException {
        calls.answer = answer;
        return scope.socket(AF_INET, SOCK_DGRAM);
    }

    private static void assertRefused(Socket socket, SocketOption<?> option, String reason) {
        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> socket.getSockOpt(option));
        assertThat(refused).hasMessageContaining("the kernel's value of option " + option + " has ");
        assertThat(refused).hasMessageContaining(reason);
        assertThat(refused.errno()).isZero();
    }

    /** A struct whose first byte is the state, and all others 1 as well. */
    private static byte[] tcpInfo(int length) {
        byte[] struct = new byte[length];
        Arrays.fill(struct, (byte) 1);
        return struct;
    }

    private static Duration micros(long count) {
        return Duration.ofNanos(count * 1000);
    }

    /** A kernel with one answer for all options, cut off at the room there is. */
    private static final class Answers implements SystemCalls {

        byte[] answer = {};

        @Override
        public int getSockOpt(int fd, int level, int name, MemorySegment value, MemorySegment valueLength) {
            int length = Math.min(answer.length, valueLength.get(ValueLayout.JAVA_INT, 0));
            MemorySegment.copy(answer, 0, value, ValueLayout.JAVA_BYTE, 0, length);
            valueLength.set(ValueLayout.JAVA_INT, 0, length);
            return 0;
        }
    }
}
