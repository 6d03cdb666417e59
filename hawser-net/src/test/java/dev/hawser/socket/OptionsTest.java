package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.socket.Constants.SOL_SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket options: typed, raw, refused. */
@Timeout(30)
class OptionsTest {

    static final List<SocketOption<Boolean>> FLAGS = List.of(
            SocketOptions.SO_REUSEADDR,
            SocketOptions.SO_REUSEPORT,
            SocketOptions.SO_KEEPALIVE,
            SocketOptions.SO_BROADCAST,
            SocketOptions.SO_OOBINLINE,
            SocketOptions.SO_DONTROUTE,
            TcpOptions.TCP_NODELAY,
            TcpOptions.TCP_CORK,
            TcpOptions.TCP_QUICKACK,
            IpOptions.IP_MULTICAST_LOOP);

    static final List<SocketOption<Integer>> NUMBERS = List.of(
            SocketOptions.SO_RCVLOWAT,
            SocketOptions.SO_PRIORITY,
            TcpOptions.TCP_KEEPCNT,
            TcpOptions.TCP_NOTSENT_LOWAT,
            IpOptions.IP_TTL);

    static final List<SocketOption<?>> READ_ONLY = List.of(
            SocketOptions.SO_ACCEPTCONN,
            SocketOptions.SO_ERROR,
            SocketOptions.SO_TYPE,
            SocketOptions.SO_DOMAIN,
            SocketOptions.SO_PROTOCOL);

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @FieldSource("FLAGS")
    void aFlagIsReadAsItWasSet(SocketOption<Boolean> option) throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        for (boolean on : new boolean[] {true, false, true}) {
            socket.setSockOpt(option, on);
            assertThat(socket.getSockOpt(option)).isEqualTo(on);
        }
    }

    @ParameterizedTest
    @FieldSource("NUMBERS")
    void aNumberIsReadAsItWasSet(SocketOption<Integer> option) throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        for (int value : new int[] {3, 1}) {
            socket.setSockOpt(option, value);
            assertThat(socket.getSockOpt(option)).isEqualTo(value);
            assertThat(socket.getSockOpt(option.level(), option.option())).isEqualTo(value);
        }
    }

    @Test
    void optionsOfOtherSocketsAreReadAsTheyWereSet() throws IOException {
        Socket six = scope.socket(AF_INET6, SOCK_DGRAM);
        six.setSockOpt(Ipv6Options.IPV6_V6ONLY, true);
        six.setSockOpt(Ipv6Options.IPV6_UNICAST_HOPS, 7);
        six.setSockOpt(Ipv6Options.IPV6_TCLASS, 0x20);
        Socket four = scope.socket(AF_INET, SOCK_DGRAM);
        four.setSockOpt(IpOptions.IP_TOS, 0x10);
        four.setSockOpt(IpOptions.IP_MULTICAST_TTL, 200);
        Socket local = scope.socket(AF_UNIX, SOCK_DGRAM);
        local.setSockOpt(UnixOptions.SO_PASSCRED, true);
        Socket listener = scope.listener(Scope.loopback4());
        listener.setSockOpt(TcpOptions.TCP_FASTOPEN, 5);

        assertThat(six.getSockOpt(Ipv6Options.IPV6_V6ONLY)).isTrue();
        assertThat(six.getSockOpt(Ipv6Options.IPV6_UNICAST_HOPS)).isEqualTo(7);
        assertThat(six.getSockOpt(Ipv6Options.IPV6_TCLASS)).isEqualTo(0x20);
        assertThat(four.getSockOpt(IpOptions.IP_TOS)).isEqualTo(0x10);
        assertThat(four.getSockOpt(IpOptions.IP_MULTICAST_TTL)).isEqualTo(200);
        assertThat(local.getSockOpt(UnixOptions.SO_PASSCRED)).isTrue();
        assertThat(listener.getSockOpt(TcpOptions.TCP_FASTOPEN)).isEqualTo(5);
        assertThat(listener.getSockOpt(TcpOptions.TCP_MAXSEG)).isPositive();
        assertThat(listener.getSockOpt(SocketOptions.SO_INCOMING_CPU)).isGreaterThanOrEqualTo(-1);
    }

    @Test
    void theKernelTellsTheKind() throws IOException {
        Socket socket = scope.listener(Scope.loopback6());

        assertThat(socket.getSockOpt(SocketOptions.SO_DOMAIN)).isEqualTo(AF_INET6);
        assertThat(socket.getSockOpt(SocketOptions.SO_TYPE)).isEqualTo(SOCK_STREAM);
        assertThat(socket.getSockOpt(SocketOptions.SO_PROTOCOL)).isEqualTo(Constants.IPPROTO_TCP);
        assertThat(socket.getSockOpt(SocketOptions.SO_ACCEPTCONN)).isTrue();
        assertThat(socket.getSockOpt(SocketOptions.SO_ERROR)).isZero();
    }

    @Test
    void lingerIsAPair() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        assertThat(socket.getSockOpt(SocketOptions.SO_LINGER)).isEqualTo(Linger.OFF);
        socket.setSockOpt(SocketOptions.SO_LINGER, new Linger(true, 12));
        assertThat(socket.getSockOpt(SocketOptions.SO_LINGER)).isEqualTo(new Linger(true, 12));
        socket.setSockOpt(SocketOptions.SO_LINGER, Linger.OFF);
        assertThat(socket.getSockOpt(SocketOptions.SO_LINGER).on()).isFalse();
    }

    @Test
    void thePeerOfAUnixSocketIsKnown() throws IOException {
        PeerCredentials self = scope.pair(SOCK_STREAM).first().getSockOpt(UnixOptions.SO_PEERCRED);

        assertThat(self.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(self.uid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(self.gid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
    }

    @Test
    void congestionControlIsAName() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.setSockOpt(TcpOptions.TCP_CONGESTION, "reno");

        assertThat(socket.getSockOpt(TcpOptions.TCP_CONGESTION)).isEqualTo("reno");
        SocketFailedException unknown = assertThrowsExactly(
                SocketFailedException.class, () -> socket.setSockOpt(TcpOptions.TCP_CONGESTION, "nosuch"));
        assertThat(unknown.errno()).isEqualTo(Errno.ENOENT);
    }

    @Test
    void aDeviceIsAName() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        assertThat(socket.getSockOpt(SocketOptions.SO_BINDTODEVICE)).isEmpty();
        socket.setSockOpt(SocketOptions.SO_BINDTODEVICE, "lo");
        assertThat(socket.getSockOpt(SocketOptions.SO_BINDTODEVICE)).isEqualTo("lo");
        socket.setSockOpt(SocketOptions.SO_BINDTODEVICE, "");
        assertThat(socket.getSockOpt(SocketOptions.SO_BINDTODEVICE)).isEmpty();
        SocketFailedException unknown = assertThrowsExactly(
                SocketFailedException.class, () -> socket.setSockOpt(SocketOptions.SO_BINDTODEVICE, "nosuch0"));
        assertThat(unknown.errnoName()).isEqualTo("ENODEV");
    }

    @Test
    void rawFormsAreTheBytesOfTheKernel() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        byte[] linger = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(1)
                .putInt(3)
                .array();
        socket.setSockOpt(SOL_SOCKET, Constants.SO_LINGER, linger);

        assertThat(socket.getSockOpt(SOL_SOCKET, Constants.SO_LINGER, 8)).isEqualTo(linger);
        assertThat(socket.getSockOpt(SOL_SOCKET, Constants.SO_LINGER, 100)).isEqualTo(linger);
        assertThat(socket.getSockOpt(Constants.SOL_TCP, Constants.TCP_INFO, 500))
                .hasSizeGreaterThan(100);
        socket.setSockOpt(SOL_SOCKET, Constants.SO_KEEPALIVE, 1);
        assertThat(socket.getSockOpt(SOL_SOCKET, Constants.SO_KEEPALIVE)).isOne();
    }

    @Test
    void anOptionWithoutAValueIsZeroAsAnInt() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);

        assertThat(socket.getSockOpt(SOL_SOCKET, Constants.SO_BINDTODEVICE)).isZero();
        assertThat(socket.getSockOpt(SOL_SOCKET, Constants.SO_BINDTODEVICE, 16)).isEmpty();
        assertThat(socket.getSockOpt(Constants.SOL_IP, Constants.IP_OPTIONS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537})
    void theRoomForAnOptionIsBounded(int room) throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> socket.getSockOpt(SOL_SOCKET, Constants.SO_ERROR, room))
                .withMessageContaining("" + room);
    }

    @ParameterizedTest
    @FieldSource("READ_ONLY")
    void whatIsReadOnlyCannotBeSet(SocketOption<?> option) throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);

        SocketFailedException refused = assertThrowsExactly(
                SocketFailedException.class, () -> socket.setSockOpt(option.level(), option.option(), 1));
        assertThat(refused.errno()).isEqualTo(Errno.ENOPROTOOPT);
    }

    @Test
    void anOptionOfAnotherKindOfSocketIsRefused() throws IOException {
        Socket udp = scope.socket(AF_INET, SOCK_DGRAM);
        Socket local = scope.socket(AF_UNIX, SOCK_STREAM);

        assertThrowsExactly(SocketFailedException.class, () -> udp.setSockOpt(TcpOptions.TCP_NODELAY, true));
        assertThrowsExactly(SocketFailedException.class, () -> udp.getSockOpt(TcpOptions.TCP_CONGESTION));
        assertThrowsExactly(SocketFailedException.class, () -> local.getSockOpt(IpOptions.IP_TTL));
        assertThrowsExactly(
                SocketFailedException.class, () -> local.setSockOpt(SOL_SOCKET, Constants.SO_LINGER, new byte[3]));
    }

    @Test
    void optionsAreThoseOfJavaNet() {
        java.net.SocketOption<Boolean> option = TcpOptions.TCP_NODELAY;

        assertThat(option.name()).isEqualTo("TCP_NODELAY").isEqualTo(option.toString());
        assertThat(option.type()).isEqualTo(Boolean.class);
    }
}
