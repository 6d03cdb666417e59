package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_PACKET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.socket.Constants.SOL_SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Errno;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Options that are read as something else than was set, that are set only under conditions, or that take odd values. */
@Timeout(30)
class OddOptionsTest {

    private static final BpfProgram KEEP_ALL = new BpfProgram(List.of(new BpfProgram.Instruction(6, 0, 0, 0x40000)));

    @AutoClose
    final Scope scope = new Scope();

    @Test
    void theKernelDoublesTheSizeOfABuffer() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.setSockOpt(SocketOptions.SO_RCVBUF, 50_000);
        socket.setSockOpt(SocketOptions.SO_SNDBUF, 60_000);

        assertThat(socket.getSockOpt(SocketOptions.SO_RCVBUF)).isEqualTo(100_000);
        assertThat(socket.getSockOpt(SocketOptions.SO_SNDBUF)).isEqualTo(120_000);
    }

    @Test
    void aForcedBufferGoesBeyondTheLimit() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        socket.setSockOpt(SocketOptions.SO_RCVBUF, 1 << 30);
        int limit = socket.getSockOpt(SocketOptions.SO_RCVBUF);
        set(socket, SocketOptions.SO_RCVBUFFORCE, limit);
        set(socket, SocketOptions.SO_SNDBUFFORCE, limit);

        assertThat(socket.getSockOpt(SocketOptions.SO_RCVBUF)).isEqualTo(2 * limit);
        assertThat(socket.getSockOpt(SocketOptions.SO_SNDBUF)).isEqualTo(2 * limit);
    }

    @Test
    void aSystemsRehashingIsReadAsYesOrNo() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        set(socket, SocketOptions.SO_TXREHASH, 0);
        assertThat(socket.getSockOpt(SocketOptions.SO_TXREHASH)).isZero();
        socket.setSockOpt(SocketOptions.SO_TXREHASH, 1);
        assertThat(socket.getSockOpt(SocketOptions.SO_TXREHASH)).isOne();
        socket.setSockOpt(SocketOptions.SO_TXREHASH, -1);
        assertThat(socket.getSockOpt(SocketOptions.SO_TXREHASH)).isBetween(0, 1);
    }

    @Test
    void reservedMemoryIsWholePages() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        set(socket, SocketOptions.SO_RESERVE_MEM, 1);

        assertThat(socket.getSockOpt(SocketOptions.SO_RESERVE_MEM)).isPositive().matches(bytes -> bytes % 4096 == 0);
    }

    @Test
    void aLockedFilterStays() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        socket.setSockOpt(SocketOptions.SO_ATTACH_FILTER, KEEP_ALL);
        assertThat(socket.getSockOpt(SocketOptions.SO_LOCK_FILTER)).isFalse();
        socket.setSockOpt(SocketOptions.SO_LOCK_FILTER, true);

        assertThat(socket.getSockOpt(SocketOptions.SO_LOCK_FILTER)).isTrue();
        assertRefused(Errno.EPERM, () -> socket.setSockOpt(SocketOptions.SO_LOCK_FILTER, false));
        assertRefused(Errno.EPERM, () -> socket.setSockOpt(SocketOptions.SO_DETACH_FILTER, true));
        assertThat(socket.getSockOpt(SocketOptions.SO_ATTACH_FILTER)).isEqualTo(KEEP_ALL);
    }

    @Test
    void aFilterIsTakenAwayOnce() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        assertThat(socket.getSockOpt(SocketOptions.SO_ATTACH_FILTER).instructions())
                .isEmpty();
        socket.setSockOpt(SocketOptions.SO_ATTACH_FILTER, KEEP_ALL);
        assertThat(socket.getSockOpt(SocketOptions.SO_ATTACH_FILTER)).isEqualTo(KEEP_ALL);
        socket.setSockOpt(SocketOptions.SO_DETACH_FILTER, true);

        assertThat(socket.getSockOpt(SocketOptions.SO_ATTACH_FILTER).instructions())
                .isEmpty();
        assertRefused(Errno.ENOENT, () -> socket.setSockOpt(SocketOptions.SO_DETACH_FILTER, true));
    }

    @Test
    void theTimeInTcpTimestampsIsSetUnderRepairOnly() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);

        assertThat(socket.getSockOpt(TcpOptions.TCP_TIMESTAMP)).isNotNull();
        assertRefused(Errno.EPERM, () -> socket.setSockOpt(TcpOptions.TCP_TIMESTAMP, 1));
    }

    @Test
    void aProtocolAboveTcpIsAName() throws IOException {
        Socket socket = scope.tcp().first();
        assertThat(socket.getSockOpt(TcpOptions.TCP_ULP)).isEmpty();
        assertRefused(Errno.ENOENT, () -> socket.setSockOpt(TcpOptions.TCP_ULP, "nosuch"));
        set(socket, TcpOptions.TCP_ULP, "tls");

        assertThat(socket.getSockOpt(TcpOptions.TCP_ULP)).isEqualTo("tls");
    }

    @Test
    void aListenerHasAQueueForFastOpen() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        listener.setSockOpt(TcpOptions.TCP_FASTOPEN, 5);

        assertThat(listener.getSockOpt(TcpOptions.TCP_FASTOPEN)).isEqualTo(5);
        assertRefused(Errno.EINVAL, () -> scope.tcp().first().setSockOpt(TcpOptions.TCP_FASTOPEN, 5));
    }

    /** A SYN-ACK is sent again after 1, 3 and 7 seconds. */
    @Test
    void theTimeWithoutDataIsRoundedToTheTimesOfSynAcks() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        socket.setSockOpt(TcpOptions.TCP_DEFER_ACCEPT, Duration.ofSeconds(5));

        assertThat(socket.getSockOpt(TcpOptions.TCP_DEFER_ACCEPT)).hasSeconds(7);
    }

    @Test
    void aConnectionWithoutDataIsNotAcceptedYet() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        listener.setSockOpt(TcpOptions.TCP_DEFER_ACCEPT, Duration.ofSeconds(15));
        listener.setTimeout(Duration.ZERO);
        Socket client = scope.socket(AF_INET, SOCK_STREAM);
        client.connect(listener.getSockName());
        assertThrowsExactly(WouldBlockException.class, listener::accept);

        client.sendAll(Bytes.of("data"));

        listener.setTimeout(Duration.ofSeconds(20));
        assertThat(scope.accept(listener).recv(100)).isEqualTo(Bytes.of("data"));
    }

    @Test
    void aSocketOfIpv6BecomesOneOfIpv4() throws IOException {
        Socket listener = scope.listener(Scope.loopback4());
        Socket socket = scope.socket(AF_INET6, SOCK_STREAM);
        socket.setSockOpt(Ipv6Options.IPV6_V6ONLY, false);
        assertRefused(Errno.ENOTCONN, () -> socket.getSockOpt(Ipv6Options.IPV6_ADDRFORM));
        assertRefused(Errno.ENOTCONN, () -> socket.setSockOpt(Ipv6Options.IPV6_ADDRFORM, AF_INET));
        socket.connect(SockaddrIn6.of("::ffff:127.0.0.1", ((SockaddrIn) listener.getSockName()).port()));
        assertThat(socket.getSockOpt(Ipv6Options.IPV6_ADDRFORM)).isEqualTo(AF_INET6);

        socket.setSockOpt(Ipv6Options.IPV6_ADDRFORM, AF_INET);

        assertThat(socket.getSockOpt(SocketOptions.SO_DOMAIN)).isEqualTo(AF_INET);
        assertThat(socket.getPeerName()).isEqualTo(listener.getSockName());
        assertThat(socket.family()).isEqualTo(AF_INET6);
    }

    @Test
    void theMtuToUseIsSetAndThatOfThePathIsRead() throws IOException {
        Socket socket = scope.socket(AF_INET6, SOCK_DGRAM);
        assertRefused(Errno.ENOTCONN, () -> socket.getSockOpt(Ipv6Options.IPV6_MTU));
        assertRefused(Errno.ENOTCONN, () -> socket.getSockOpt(Ipv6Options.IPV6_PATHMTU));
        socket.setSockOpt(Ipv6Options.IPV6_MTU, 1400);
        assertRefused(Errno.EINVAL, () -> socket.setSockOpt(Ipv6Options.IPV6_MTU, 1279));
        socket.connect(SockaddrIn6.of("::1", 9));

        int path = socket.getSockOpt(Ipv6Options.IPV6_MTU);

        assertThat(path).isGreaterThanOrEqualTo(1280).isEqualTo(socket.getSockOpt(Ipv6Options.IPV6_PATHMTU));
    }

    @Test
    void preferencesForAddressesAreReadWhole() throws IOException {
        Socket socket = scope.socket(AF_INET6, SOCK_DGRAM);
        assertThat(socket.getSockOpt(Ipv6Options.IPV6_ADDR_PREFERENCES)).isEqualTo(0x500);
        socket.setSockOpt(Ipv6Options.IPV6_ADDR_PREFERENCES, 1);
        assertThat(socket.getSockOpt(Ipv6Options.IPV6_ADDR_PREFERENCES)).isEqualTo(0x401);
        socket.setSockOpt(Ipv6Options.IPV6_ADDR_PREFERENCES, 4);
        assertThat(socket.getSockOpt(Ipv6Options.IPV6_ADDR_PREFERENCES)).isEqualTo(0x104);
        assertRefused(Errno.EINVAL, () -> socket.setSockOpt(Ipv6Options.IPV6_ADDR_PREFERENCES, 3));
    }

    @Test
    void packetSocketsShareInAGroup() throws IOException {
        Socket first = Kernel.socket(scope, AF_PACKET, SOCK_RAW, 0);
        Socket second = Kernel.socket(scope, AF_PACKET, SOCK_RAW, 0);
        int group = first.fileno();
        PacketFanout inTurn = new PacketFanout(group, 1, 0);
        assertRefused(Errno.EINVAL, () -> first.setSockOpt(PacketOptions.PACKET_FANOUT, inTurn));
        first.bind(SockaddrLl.of(1, 3));
        second.bind(SockaddrLl.of(1, 3));

        first.setSockOpt(PacketOptions.PACKET_FANOUT, inTurn);
        second.setSockOpt(PacketOptions.PACKET_FANOUT, inTurn);

        assertThat(first.getSockOpt(PacketOptions.PACKET_FANOUT)).isEqualTo(inTurn);
        assertThat(second.getSockOpt(PacketOptions.PACKET_FANOUT)).isEqualTo(inTurn);
    }

    @Test
    void whatTheChecksumOfUdpliteCoversHasTheHeader() throws IOException {
        Socket socket = Kernel.socket(scope, AF_INET, SOCK_DGRAM, Constants.IPPROTO_UDPLITE);
        socket.setSockOpt(UdpOptions.UDPLITE_SEND_CSCOV, 3);

        assertThat(socket.getSockOpt(UdpOptions.UDPLITE_SEND_CSCOV)).isEqualTo(8);
    }

    @Test
    void peekingBeginsWhereTheOptionSays() throws IOException {
        SocketPair pair = scope.pair(SOCK_STREAM);
        pair.first().sendAll(Bytes.of("abcdef"));
        pair.second().setSockOpt(SocketOptions.SO_PEEK_OFF, 2);

        assertThat(pair.second().recv(3, Constants.MSG_PEEK)).isEqualTo(Bytes.of("cde"));
        assertThat(pair.second().getSockOpt(SocketOptions.SO_PEEK_OFF)).isEqualTo(5);
        assertThat(pair.second().recv(2)).isEqualTo(Bytes.of("ab"));
        assertThat(pair.second().getSockOpt(SocketOptions.SO_PEEK_OFF)).isEqualTo(3);
    }

    @Test
    void anInterfaceSetByIndexIsReadAsNoAddress() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        socket.setSockOpt(IpOptions.IP_MULTICAST_IF, MulticastInterface.ofIndex(1));

        assertThat(socket.getSockOpt(IpOptions.IP_MULTICAST_IF)).isEqualTo(MulticastInterface.ANY);
        assertRefused(
                Errno.EADDRNOTAVAIL,
                () -> socket.setSockOpt(IpOptions.IP_MULTICAST_IF, MulticastInterface.ofIndex(99_999)));
    }

    @Test
    void theMemoryOfASocketTellsOfItsBuffers() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        SocketMemory memory = socket.getSockOpt(SocketOptions.SO_MEMINFO);

        assertThat(memory.received().limit()).isEqualTo((long) socket.getSockOpt(SocketOptions.SO_RCVBUF));
        assertThat(memory.sent().limit()).isEqualTo((long) socket.getSockOpt(SocketOptions.SO_SNDBUF));
        assertThat(memory.received().drops()).isZero();
    }

    @Test
    void aLengthWithoutBytesTakesTheValueAway() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        socket.setSockOpt(SocketOptions.SO_BINDTODEVICE, "lo");
        socket.setSockOpt(IpOptions.IP_OPTIONS, new byte[] {1, 1, 1, 1});

        socket.setSockOptLength(SOL_SOCKET, SocketOptions.SO_BINDTODEVICE.option(), 0);
        socket.setSockOptLength(Constants.SOL_IP, Constants.IP_OPTIONS, 0);

        assertThat(socket.getSockOpt(SocketOptions.SO_BINDTODEVICE)).isEmpty();
        assertThat(socket.getSockOpt(IpOptions.IP_OPTIONS)).isEmpty();
    }

    /** EINVAL says that the kernel saw the length, EFAULT that it would have read so many bytes of the null pointer. */
    @Test
    void theKernelSeesTheLengthAndTheNullPointer() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);

        assertRefused(Errno.EFAULT, () -> socket.setSockOptLength(SOL_SOCKET, Constants.SO_REUSEADDR, 4));
        assertRefused(Errno.EINVAL, () -> socket.setSockOptLength(SOL_SOCKET, Constants.SO_REUSEADDR, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> socket.setSockOptLength(SOL_SOCKET, Constants.SO_REUSEADDR, -1))
                .withMessageContaining("-1");
    }

    @Test
    void aTypeThatNoFilterHasIsRefusedBeforeTheCall() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);
        BitSet types = new BitSet();
        types.set(32);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> socket.setSockOpt(RawOptions.ICMP_FILTER, types))
                .withMessage("option ICMP_FILTER: give types from 0 to 31: {32}");
    }

    @Test
    void aTimeThatDoesNotFitIsRefusedBeforeTheCall() throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_STREAM);
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        for (Duration time : List.of(
                ever, Duration.ofSeconds(Long.MIN_VALUE), Duration.ofSeconds(1L << 31), Duration.ofMillis(1_500))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> socket.setSockOpt(TcpOptions.TCP_KEEPIDLE, time))
                    .withMessage("option TCP_KEEPIDLE: give a whole number of Seconds that fits an int: " + time);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> socket.setSockOpt(SocketOptions.SO_RCVTIMEO, Duration.ofNanos(-1)))
                .withMessageContaining("give a time of zero or more");
        socket.setSockOpt(SocketOptions.SO_RCVTIMEO, ever);
        assertThat(socket.getSockOpt(SocketOptions.SO_RCVTIMEO)).as("for ever").isZero();
    }

    /** Sets what the kernel may lack, or refuse to this user: then the test is skipped with the kernel's reason. */
    private static <T> void set(Socket socket, SocketOption<T> option, T value) throws IOException {
        try {
            socket.setSockOpt(option, value);
        } catch (SocketFailedException e) {
            if (Set.of(Errno.ENOPROTOOPT, Errno.EOPNOTSUPP, Errno.EPERM, Errno.ENOENT)
                    .contains(e.errno())) {
                abort("the kernel says: " + e.getMessage());
            }
            throw e;
        }
    }

    private static void assertRefused(int errno, org.junit.jupiter.api.function.Executable call) {
        SocketFailedException refused = assertThrowsExactly(SocketFailedException.class, call);
        assertThat(refused.errnoName()).isEqualTo(Errno.name(errno));
    }
}
