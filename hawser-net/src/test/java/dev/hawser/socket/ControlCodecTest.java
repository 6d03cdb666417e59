package dev.hawser.socket;

import static dev.hawser.socket.Constants.IPPROTO_IP;
import static dev.hawser.socket.Constants.IPPROTO_IPV6;
import static dev.hawser.socket.Constants.SOL_SOCKET;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ancillary data as bytes. */
class ControlCodecTest {

    static Stream<ControlMessage> everyKind() throws Exception {
        Instant time = Instant.ofEpochSecond(1_700_000_000, 123_456_000);
        return Stream.of(
                ControlMessage.Rights.of(3, 4, 5),
                new ControlMessage.Credentials(1, 2, 3),
                new ControlMessage.Ipv4PacketInfo(2, (Inet4Address) InetAddress.ofLiteral("10.0.0.1"), (Inet4Address)
                        InetAddress.ofLiteral("10.0.0.255")),
                new ControlMessage.Ipv6PacketInfo((Inet6Address) InetAddress.ofLiteral("2001:db8::1"), 4),
                new ControlMessage.TypeOfService(255),
                new ControlMessage.TimeToLive(64),
                new ControlMessage.TrafficClass(7),
                new ControlMessage.HopLimit(8),
                new ControlMessage.Timestamp(time),
                new ControlMessage.TimestampNanos(time.plusNanos(789)),
                new ControlMessage.Timestamping(time, Instant.EPOCH, time),
                error(IPPROTO_IP, SockaddrIn.of("10.0.0.2", 0)),
                error(IPPROTO_IPV6, SockaddrIn6.of("2001:db8::2", 0)),
                error(IPPROTO_IP, null),
                error(IPPROTO_IPV6, null),
                new ControlMessage.UdpGro(1400),
                new ControlMessage.Raw(999, 1, new byte[] {1, 2, 3}));
    }

    private static ControlMessage error(int level, Sockaddr offender) {
        return new ControlMessage.ExtendedError(
                level, 111, new ControlMessage.ExtendedError.Cause(2, 3, 255), -1, 7, offender);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aMessageThatWasWrittenIsReadAsWhatItWas(ControlMessage message) {
        assertThat(ControlCodec.decode(message.level(), message.type(), message.data()))
                .isEqualTo(message);
        byte[] bytes = ControlCodec.encode(List.of(message, message));
        assertThat(ControlCodec.decode(MemorySegment.ofArray(bytes))).containsExactly(message, message);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void aMessageThatIsCutShortHasTheBytesThatAreThere(ControlMessage message) {
        byte[] bytes = ControlCodec.encode(List.of(message));
        for (int length = 16; length < 16 + message.data().length; length++) {
            List<ControlMessage> read =
                    ControlCodec.decode(MemorySegment.ofArray(bytes).asSlice(0, length));
            assertThat(read).hasSize(1);
            assertThat(read.getFirst().level()).isEqualTo(message.level());
            assertThat(read.getFirst().type()).isEqualTo(message.type());
            assertThat(read.getFirst().data()).isEqualTo(Arrays.copyOf(message.data(), length - 16));
        }
    }

    @Test
    void bytesThatSayMoreThanTheRecordAreKeptRaw() {
        byte[] longer = Arrays.copyOf(new ControlMessage.HopLimit(3).data(), 8);
        assertThat(ControlCodec.decode(IPPROTO_IPV6, new ControlMessage.HopLimit(3).type(), longer))
                .isEqualTo(new ControlMessage.Raw(IPPROTO_IPV6, new ControlMessage.HopLimit(3).type(), longer));
        byte[] noTime = MemorySegment.ofArray(new long[] {Long.MAX_VALUE, 2_000_000_000})
                .toArray(JAVA_BYTE);
        assertThat(ControlCodec.decode(SOL_SOCKET, new ControlMessage.TimestampNanos(Instant.EPOCH).type(), noTime))
                .isInstanceOf(ControlMessage.Raw.class);
    }

    @Test
    void anyBytesAreReadToTheirEnd() {
        Random random = new Random(1);
        byte[] bytes = new byte[100];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            // A length that leads on, now and then.
            Arrays.fill(bytes, 1, 8, (byte) 0);
            int length = random.nextInt(bytes.length);
            int read = ControlCodec.decode(MemorySegment.ofArray(bytes).asSlice(0, length)).stream()
                    .mapToInt(message -> 16 + message.data().length)
                    .sum();
            assertThat(read).isLessThanOrEqualTo(length);
        }
    }

    @Test
    void rawBytesAreTheCallersOwn() {
        byte[] bytes = {1, 2};
        ControlMessage raw = ControlMessage.of(1, 2, bytes);
        bytes[0] = 9;
        raw.data()[1] = 9;
        assertThat(raw.data()).containsExactly(1, 2);
        assertThat(raw).hasToString("Raw[level=1, type=2, data=[1, 2]]");
        assertThat(raw)
                .isEqualTo(ControlMessage.of(1, 2, new byte[] {1, 2}))
                .hasSameHashCodeAs(ControlMessage.of(1, 2, new byte[] {1, 2}))
                .isNotEqualTo(ControlMessage.of(1, 3, new byte[] {1, 2}));
    }

    @Test
    void lengthAndSpaceAreThoseOfC() {
        assertThat(Sockets.cmsgLen(0)).isEqualTo(16);
        assertThat(Sockets.cmsgLen(4)).isEqualTo(20);
        assertThat(Sockets.cmsgSpace(0)).isEqualTo(16);
        assertThat(Sockets.cmsgSpace(4)).isEqualTo(24);
        assertThat(Sockets.cmsgSpace(8)).isEqualTo(24);
        assertThat(Sockets.cmsgLen(Integer.MAX_VALUE - 16)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Sockets.cmsgSpace(Integer.MAX_VALUE - 24)).isEqualTo(Integer.MAX_VALUE - 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE - 15, Integer.MAX_VALUE})
    void aSizeOutOfRangeIsRefused(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockets.cmsgLen(size))
                .withMessageContaining(Integer.toString(size));
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.cmsgSpace(size));
    }

    @Test
    void theSpaceLeavesRoomForTheAlignment() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sockets.cmsgSpace(Integer.MAX_VALUE - 23));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ControlMessage.TypeOfService(256));
        assertThatIllegalArgumentException().isThrownBy(() -> new ControlMessage.UdpSegment(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ControlMessage.UdpSegment(65536));
    }
}
