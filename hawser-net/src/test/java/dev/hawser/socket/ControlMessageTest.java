package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.IPPROTO_IP;
import static dev.hawser.socket.Constants.IPPROTO_IPV6;
import static dev.hawser.socket.Constants.IPV6_RECVERR;
import static dev.hawser.socket.Constants.IPV6_RECVHOPLIMIT;
import static dev.hawser.socket.Constants.IPV6_RECVPKTINFO;
import static dev.hawser.socket.Constants.IPV6_RECVTCLASS;
import static dev.hawser.socket.Constants.IP_PKTINFO;
import static dev.hawser.socket.Constants.IP_RECVERR;
import static dev.hawser.socket.Constants.IP_RECVTOS;
import static dev.hawser.socket.Constants.IP_RECVTTL;
import static dev.hawser.socket.Constants.MSG_ERRQUEUE;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOL_SOCKET;
import static dev.hawser.socket.Constants.SO_PASSCRED;
import static dev.hawser.socket.Constants.SO_TIMESTAMP;
import static dev.hawser.socket.Constants.SO_TIMESTAMPNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of ancillary data, to the kernel and back. */
@Timeout(30)
class ControlMessageTest {

    private static final int ROOM = 512;

    @AutoClose
    final Scope scope = new Scope();

    private final byte[] data = Bytes.of("data");

    private static <T extends ControlMessage> T only(ReceivedMessage message, Class<T> kind) {
        assertThat(message.control()).hasSize(1);
        assertThat(message.isControlTruncated()).isFalse();
        return message.find(kind).orElseThrow(() -> new AssertionError(message.toString()));
    }

    private ReceivedMessage loop(Sockaddr at, int level, int option, ControlMessage... sent) throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, at);
        receiver.setSockOpt(level, option, 1);
        Socket sender = scope.socket(at.family(), SOCK_DGRAM);
        assertThat(sender.sendMsg(data, List.of(sent), 0, receiver.getSockName()))
                .isEqualTo(data.length);
        ReceivedMessage message = receiver.recvMsg(100, ROOM, 0);
        assertThat(message.data()).isEqualTo(data);
        return message;
    }

    @Test
    void theTimeToLiveOfIpv4() throws IOException {
        ReceivedMessage message = loop(Scope.loopback4(), IPPROTO_IP, IP_RECVTTL, new ControlMessage.TimeToLive(77));
        assertThat(only(message, ControlMessage.TimeToLive.class).value()).isEqualTo(77);
    }

    @Test
    void theTypeOfServiceOfIpv4() throws IOException {
        ReceivedMessage message =
                loop(Scope.loopback4(), IPPROTO_IP, IP_RECVTOS, new ControlMessage.TypeOfService(0x28));
        assertThat(only(message, ControlMessage.TypeOfService.class).value()).isEqualTo(0x28);
    }

    @Test
    void theHopLimitOfIpv6() throws IOException {
        ReceivedMessage message =
                loop(Scope.loopback6(), IPPROTO_IPV6, IPV6_RECVHOPLIMIT, new ControlMessage.HopLimit(77));
        assertThat(only(message, ControlMessage.HopLimit.class).value()).isEqualTo(77);
    }

    @Test
    void theTrafficClassOfIpv6() throws IOException {
        ReceivedMessage message =
                loop(Scope.loopback6(), IPPROTO_IPV6, IPV6_RECVTCLASS, new ControlMessage.TrafficClass(0x28));
        assertThat(only(message, ControlMessage.TrafficClass.class).value()).isEqualTo(0x28);
    }

    @Test
    void thePacketInfoOfIpv4ChoosesTheSource() throws IOException {
        Inet4Address source = (Inet4Address) InetAddress.ofLiteral("127.0.0.9");
        Inet4Address any = (Inet4Address) InetAddress.ofLiteral("0.0.0.0");
        ReceivedMessage message =
                loop(Scope.loopback4(), IPPROTO_IP, IP_PKTINFO, new ControlMessage.Ipv4PacketInfo(0, source, any));
        ControlMessage.Ipv4PacketInfo info = only(message, ControlMessage.Ipv4PacketInfo.class);
        assertThat(info.destination().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(info.interfaceIndex()).isPositive();
        assertThat(message.address())
                .isInstanceOfSatisfying(
                        SockaddrIn.class, in -> assertThat(in.toString()).startsWith("127.0.0.9:"));
    }

    @Test
    void thePacketInfoOfIpv6() throws IOException {
        Inet6Address loopback = (Inet6Address) InetAddress.ofLiteral("::1");
        ReceivedMessage message =
                loop(Scope.loopback6(), IPPROTO_IPV6, IPV6_RECVPKTINFO, new ControlMessage.Ipv6PacketInfo(loopback, 0));
        ControlMessage.Ipv6PacketInfo info = only(message, ControlMessage.Ipv6PacketInfo.class);
        assertThat(info.address()).isEqualTo(loopback);
        assertThat(info.interfaceIndex()).isPositive();
    }

    @Test
    void aMappedDestinationStaysAnIpv6Address() throws IOException {
        Socket receiver = scope.socket(AF_INET6, SOCK_DGRAM);
        receiver.bind(SockaddrIn6.of("::", 0));
        receiver.setSockOpt(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        Socket sender = scope.socket(AF_INET, SOCK_DGRAM);
        sender.sendTo(data, SockaddrIn.of("127.0.0.1", ((SockaddrIn6) receiver.getSockName()).port()));
        ControlMessage.Ipv6PacketInfo info = receiver.recvMsg(100, ROOM, 0)
                .find(ControlMessage.Ipv6PacketInfo.class)
                .orElseThrow();
        assertThat(info.address().getAddress()).endsWith(new byte[] {-1, -1, 127, 0, 0, 1});
    }

    @Test
    void theTimeOfArrival() throws IOException {
        Instant micros = only(loop(Scope.loopback4(), SOL_SOCKET, SO_TIMESTAMP), ControlMessage.Timestamp.class)
                .time();
        Instant nanos = only(loop(Scope.loopback6(), SOL_SOCKET, SO_TIMESTAMPNS), ControlMessage.TimestampNanos.class)
                .time();
        assertThat(micros).isCloseTo(Instant.now(), within(20, ChronoUnit.SECONDS));
        assertThat(nanos).isCloseTo(Instant.now(), within(20, ChronoUnit.SECONDS));
    }

    @Test
    void theCredentialsOfTheSender() throws IOException {
        SocketPair pair = scope.pair(SOCK_DGRAM);
        pair.second().setSockOpt(SOL_SOCKET, SO_PASSCRED, 1);
        pair.first().send(data);
        ControlMessage.Credentials told = only(pair.second().recvMsg(100, ROOM, 0), ControlMessage.Credentials.class);
        assertThat(told.pid()).isEqualTo((int) ProcessHandle.current().pid());

        pair.first().sendMsg(data, List.of(told), 0, null);
        assertThat(only(pair.second().recvMsg(100, ROOM, 0), ControlMessage.Credentials.class))
                .isEqualTo(told);
    }

    @Test
    void severalGoTogether() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback6());
        receiver.setSockOpt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        receiver.setSockOpt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
        List<ControlMessage> both = List.of(new ControlMessage.HopLimit(3), new ControlMessage.TrafficClass(4));
        scope.socket(AF_INET6, SOCK_DGRAM).sendMsg(data, both, 0, receiver.getSockName());
        assertThat(receiver.recvMsg(100, ROOM, 0).control()).isEqualTo(both);
    }

    @Test
    void rawOnesAreSentAsTheyAre() throws IOException {
        ControlMessage.HopLimit typed = new ControlMessage.HopLimit(9);
        ControlMessage raw = ControlMessage.of(typed.level(), typed.type(), typed.data());
        ReceivedMessage message = loop(Scope.loopback6(), IPPROTO_IPV6, IPV6_RECVHOPLIMIT, raw);
        assertThat(only(message, ControlMessage.HopLimit.class)).isEqualTo(typed);
    }

    @Test
    void theKernelRefusesWhatItDoesNotKnow() throws IOException {
        Socket socket = scope.bound(SOCK_DGRAM, Scope.loopback4());
        List<ControlMessage> unknown = List.of(ControlMessage.of(IPPROTO_IP, 9999, new byte[4]));
        SocketFailedException refused = assertThrowsExactly(
                SocketFailedException.class, () -> socket.sendMsg(data, unknown, 0, socket.getSockName()));
        assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
        assertThat(refused.operation()).isEqualTo("sendMsg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void theErrorQueueTellsWhoRefused(String host) throws IOException {
        boolean six = host.contains(":");
        Sockaddr nobody;
        try (Socket gone = new Socket(six ? AF_INET6 : AF_INET, SOCK_DGRAM)) {
            gone.bind(six ? Scope.loopback6() : Scope.loopback4());
            nobody = gone.getSockName();
        }
        Socket socket = scope.socket(nobody.family(), SOCK_DGRAM);
        socket.setSockOpt(six ? IPPROTO_IPV6 : IPPROTO_IP, six ? IPV6_RECVERR : IP_RECVERR, 1);
        socket.sendTo(data, nobody);
        assertThrowsExactly(UnreachablePortException.class, () -> socket.recv(10));

        ReceivedMessage message = socket.recvMsg(100, ROOM, MSG_ERRQUEUE);
        ControlMessage.ExtendedError error =
                message.find(ControlMessage.ExtendedError.class).orElseThrow();
        assertThat(error.errno()).isEqualTo(Errno.ECONNREFUSED);
        assertThat(error.cause())
                .isEqualTo(
                        six
                                ? new ControlMessage.ExtendedError.Cause(3, 1, 4)
                                : new ControlMessage.ExtendedError.Cause(2, 3, 3));
        assertThat(error.offender()).isNotNull();
        assertThat(message.flags() & MSG_ERRQUEUE).isEqualTo(MSG_ERRQUEUE);
        assertThat(message.data()).isEqualTo(data);
        assertThat(message.address()).isEqualTo(nobody);
        assertThrowsExactly(WouldBlockException.class, () -> socket.recvMsg(100, ROOM, MSG_ERRQUEUE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 19})
    void aMessageIsTruncatedToTheRoomThereIs(int room) throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback6());
        receiver.setSockOpt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        scope.socket(AF_INET6, SOCK_DGRAM).sendTo(data, receiver.getSockName());

        ReceivedMessage message = receiver.recvMsg(100, room, 0);
        assertThat(message.data()).isEqualTo(data);
        assertThat(message.isControlTruncated()).isTrue();
        assertThat(message.control()).hasSize(room < 16 ? 0 : 1);
        for (ControlMessage part : message.control()) {
            assertThat(part).isInstanceOf(ControlMessage.Raw.class);
            assertThat(part.type()).isEqualTo(new ControlMessage.HopLimit(0).type());
            assertThat(part.data()).hasSize(room - 16);
        }
    }

    @Test
    void theSecondMessageIsTruncatedBehindTheFirst() throws IOException {
        Socket receiver = scope.bound(SOCK_DGRAM, Scope.loopback6());
        receiver.setSockOpt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        receiver.setSockOpt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
        scope.socket(AF_INET6, SOCK_DGRAM).sendTo(data, receiver.getSockName());

        ReceivedMessage message = receiver.recvMsg(100, Sockets.cmsgSpace(Integer.BYTES) + Sockets.cmsgLen(2), 0);
        assertThat(message.isControlTruncated()).isTrue();
        assertThat(message.control()).hasSize(2);
        assertThat(message.control().getFirst()).isInstanceOf(ControlMessage.HopLimit.class);
        assertThat(message.control().getLast().data()).hasSize(2);
    }
}
