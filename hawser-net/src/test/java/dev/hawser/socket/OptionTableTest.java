package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_NETLINK;
import static dev.hawser.socket.Constants.AF_PACKET;
import static dev.hawser.socket.Constants.AF_VSOCK;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of every table against the kernel: none is forgotten, since the tables are read by reflection. */
@Timeout(30)
class OptionTableTest {

    /** What a kernel, a container or a user may lack: the test is skipped with the kernel's own words. */
    private static final Set<Integer> LACKING = Set.of(
            Errno.ENOPROTOOPT,
            Errno.EPERM,
            Errno.EACCES,
            Errno.EAFNOSUPPORT,
            Errno.EOPNOTSUPP,
            Errno.EPROTONOSUPPORT,
            Errno.ESOCKTNOSUPPORT,
            Errno.ENODEV);

    /** Options that are read as something else than was set, or set only under conditions: {@link OddOptionsTest} has them. */
    private static final Set<String> OWN_TEST = Set.of(
            "SO_SNDBUF",
            "SO_RCVBUF",
            "SO_TXREHASH",
            "SO_RESERVE_MEM",
            "SO_LOCK_FILTER",
            "SO_ATTACH_FILTER",
            "TCP_TIMESTAMP",
            "TCP_ULP",
            "TCP_FASTOPEN",
            "IPV6_ADDRFORM",
            "IPV6_MTU",
            "IPV6_ADDR_PREFERENCES",
            "PACKET_FANOUT");

    /** An extension header of IPv6 with nothing but padding. */
    private static final byte[] PADDING = {0, 0, 1, 4, 0, 0, 0, 0};

    /** A routing header of type 4, RFC 8754, over one segment. */
    private static final byte[] SEGMENTS = {0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    /** Values to set where those of the type do not do. */
    private static final Map<String, List<Object>> VALUES = Map.ofEntries(
            Map.entry("SO_BUF_LOCK", List.of(1, 3, 0)),
            Map.entry("SO_BUSY_POLL_BUDGET", List.of(8, 16)),
            Map.entry("SO_BINDTOIFINDEX", List.of(1, 0)),
            Map.entry("SO_MAX_PACING_RATE", List.of(1_000_000L, -1L)),
            Map.entry("SO_TXTIME", List.of(new SendTime(1, 2))),
            Map.entry("SO_TIMESTAMPING", List.of(new Timestamping(0x18, 0), new Timestamping(0, 0))),
            Map.entry("SO_LINGER", List.of(new Linger(true, 12), new Linger(false, 12))),
            Map.entry("SO_INCOMING_CPU", List.of(0, -1)),
            Map.entry("SO_PEEK_OFF", List.of(3, -1)),
            Map.entry("SO_BINDTODEVICE", List.of("lo", "")),
            Map.entry("TCP_SAVE_SYN", List.of(1, 0)),
            Map.entry("TCP_DEFER_ACCEPT", List.of(Duration.ofSeconds(7), Duration.ofSeconds(3), Duration.ZERO)),
            Map.entry("TCP_MAXSEG", List.of(1000, 500)),
            Map.entry("TCP_WINDOW_CLAMP", List.of(50_000, 0)),
            Map.entry("TCP_CONGESTION", List.of("reno")),
            Map.entry("IP_OPTIONS", List.of(new byte[] {1, 1, 1, 1}, new byte[0])),
            Map.entry("IP_MULTICAST_IF", List.of(MulticastInterface.ofAddress("127.0.0.1"), MulticastInterface.ANY)),
            Map.entry("IPV6_CHECKSUM", List.of(2, -1)),
            Map.entry("IPV6_HOPOPTS", List.of(PADDING, new byte[0])),
            Map.entry("IPV6_DSTOPTS", List.of(PADDING, new byte[0])),
            Map.entry("IPV6_RTHDRDSTOPTS", List.of(PADDING, new byte[0])),
            Map.entry("IPV6_RTHDR", List.of(SEGMENTS, new byte[0])),
            Map.entry("UDP_ENCAP", List.of(2, 0)),
            Map.entry("UDPLITE_SEND_CSCOV", List.of(20, 8, 0)),
            Map.entry("UDPLITE_RECV_CSCOV", List.of(20, 8, 0)),
            Map.entry("ICMP_FILTER", List.of(BitSet.valueOf(new long[] {0x8000_0101L}), new BitSet())),
            Map.entry("ICMP6_FILTER", List.of(BitSet.valueOf(new long[] {1, 2, 3, Long.MIN_VALUE}), new BitSet())),
            Map.entry("PACKET_VERSION", List.of(1, 2, 0)),
            Map.entry("IP_TOS", List.of(0x10, 0)),
            Map.entry("IP_UNICAST_IF", List.of(1, 0)),
            Map.entry("IPV6_UNICAST_IF", List.of(1, 0)),
            Map.entry("IPV6_MULTICAST_IF", List.of(1, 0)),
            Map.entry(
                    "TCP_FASTOPEN_KEY", List.of("0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
            Map.entry("TCP_TX_DELAY", List.of(Duration.ofNanos(7_000), Duration.ZERO)),
            Map.entry("SO_BUSY_POLL", List.of(Duration.ofNanos(50_000), Duration.ZERO)),
            Map.entry("SO_VM_SOCKETS_BUFFER_SIZE", List.of(100_000L)),
            Map.entry("SO_VM_SOCKETS_BUFFER_MIN_SIZE", List.of(1_000L)),
            Map.entry("SO_VM_SOCKETS_BUFFER_MAX_SIZE", List.of(300_000L)));

    @AutoClose
    final Scope scope = new Scope();

    static Stream<SocketOption<?>> all() {
        return Stream.of(
                        SocketOptions.class,
                        IpOptions.class,
                        Ipv6Options.class,
                        TcpOptions.class,
                        UdpOptions.class,
                        RawOptions.class,
                        UnixOptions.class,
                        PacketOptions.class,
                        NetlinkOptions.class,
                        VsockOptions.class)
                .flatMap(table -> Stream.of(table.getFields()))
                .map(OptionTableTest::value);
    }

    static Stream<SocketOption<?>> setAndRead() {
        return all().filter(option -> option.isReadable() && option.isWritable() && !OWN_TEST.contains(option.name()));
    }

    static Stream<SocketOption<?>> readable() {
        return all().filter(SocketOption::isReadable);
    }

    static Stream<SocketOption<?>> readOnly() {
        return all().filter(option -> !option.isWritable());
    }

    static Stream<SocketOption<?>> setOnly() {
        return all().filter(option -> !option.isReadable());
    }

    private static SocketOption<?> value(Field field) {
        try {
            SocketOption<?> option = (SocketOption<?>) field.get(null);
            assertThat(option.name()).isEqualTo(field.getName());
            if (option.level() != Constants.IPPROTO_UDPLITE) { // whose numbers are in no header
                assertThat(option.option()).isEqualTo(Abi.value(field.getName()));
            }
            return option;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noOptionWithATestOfItsOwnIsMisspelt() {
        assertThat(all().map(SocketOption::name)).containsAll(OWN_TEST).containsAll(VALUES.keySet());
        assertThat(all()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("setAndRead")
    <T> void whatWasSetIsRead(SocketOption<T> option) throws IOException {
        orSkip(option, () -> {
            Socket socket = socketFor(option);
            for (T value : valuesOf(option)) {
                socket.setSockOpt(option, value);
                T read = socket.getSockOpt(option);
                assertThat(read).usingRecursiveComparison().isEqualTo(value);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("readable")
    <T> void everyOptionCanBeRead(SocketOption<T> option) throws IOException {
        orSkip(option, () -> {
            T value = connectedFor(option).getSockOpt(option);
            assertThat(value).isInstanceOf(option.type());
            if (value instanceof PidFd process) {
                process.close();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("readOnly")
    <T> void whatCanBeReadOnlyIsNotSet(SocketOption<T> option) throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);

        assertThatThrownBy(() -> socket.setSockOpt(option, null))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the option " + option.name() + " can be read, not set");
    }

    @ParameterizedTest
    @MethodSource("setOnly")
    <T> void whatCanBeSetOnlyIsNotRead(SocketOption<T> option) throws IOException {
        Socket socket = scope.socket(AF_INET, SOCK_DGRAM);

        assertThatThrownBy(() -> socket.getSockOpt(option))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the option " + option.name() + " can be set, not read");
    }

    @SuppressWarnings("unchecked") // each list has values of its option's type
    static <T> List<T> valuesOf(SocketOption<T> option) {
        List<Object> own = VALUES.get(option.name());
        if (own != null) {
            return (List<T>) own;
        }
        return (List<T>)
                switch (option.type().getSimpleName()) {
                    case "Boolean" -> List.of(true, false, true);
                    case "Integer" -> List.of(3, 2);
                    case "Duration" -> List.of(Duration.ofSeconds(3), Duration.ofSeconds(2));
                    default -> throw new AssertionError(option + " needs values in this test");
                };
    }

    /** A new socket that has the option. */
    private Socket socketFor(SocketOption<?> option) throws IOException {
        String name = option.name();
        if (name.startsWith("NETLINK_")) {
            return scope.add(new Socket(AF_NETLINK, SOCK_RAW, 0));
        } else if (name.startsWith("PACKET_")) {
            return scope.add(new Socket(AF_PACKET, SOCK_RAW, 0));
        } else if (option.level() == AF_VSOCK) {
            return scope.socket(AF_VSOCK, SOCK_STREAM);
        } else if (name.startsWith("UDP_")) {
            return scope.socket(AF_INET6, SOCK_DGRAM);
        } else if (name.startsWith("UDPLITE_")) {
            return scope.add(new Socket(AF_INET, SOCK_DGRAM, Constants.IPPROTO_UDPLITE));
        } else if (name.equals("ICMP_FILTER")) {
            return scope.add(new Socket(AF_INET, SOCK_RAW, Constants.IPPROTO_ICMP));
        } else if (name.equals("ICMP6_FILTER")) {
            return scope.add(new Socket(AF_INET6, SOCK_RAW, Constants.IPPROTO_ICMPV6));
        } else if (Set.of("IP_HDRINCL", "IP_NODEFRAG", "SO_NOFCS").contains(name)) {
            return scope.add(new Socket(AF_INET, SOCK_RAW, Constants.IPPROTO_UDP));
        } else if (Set.of("IPV6_HDRINCL", "IPV6_ROUTER_ALERT_ISOLATE", "IPV6_CHECKSUM")
                .contains(name)) {
            return scope.add(new Socket(AF_INET6, SOCK_RAW, Constants.IPPROTO_UDP));
        } else if (option.level() == Constants.SOL_IPV6) {
            return scope.socket(AF_INET6, SOCK_DGRAM);
        } else if (option.level() == Constants.SOL_IP) {
            return scope.socket(AF_INET, SOCK_DGRAM);
        } else if (name.startsWith("SO_PASS")) {
            return scope.socket(Constants.AF_UNIX, SOCK_DGRAM);
        } else if (Set.of("SO_RCVMARK", "SO_WIFI_STATUS", "SO_NO_CHECK", "SO_PEEK_OFF")
                .contains(name)) {
            return scope.socket(AF_INET, SOCK_DGRAM);
        }
        return scope.socket(AF_INET, SOCK_STREAM);
    }

    /** A socket that has the option, connected where the option asks for it. */
    private Socket connectedFor(SocketOption<?> option) throws IOException {
        String name = option.name();
        if (name.startsWith("SO_PEER")) {
            return scope.pair(SOCK_STREAM).first();
        } else if (name.equals("IPV6_ADDRFORM")) {
            return scope.connect(Scope.loopback6(), SOCK_STREAM).first();
        }
        Socket socket = socketFor(option);
        if (name.equals("IP_MTU")) {
            socket.connect(SockaddrIn.of("127.0.0.1", 9));
        } else if (name.equals("IPV6_MTU") || name.equals("IPV6_PATHMTU")) {
            socket.connect(SockaddrIn6.of("::1", 9));
        }
        return socket;
    }

    /** Runs a test; what the kernel or the machine lacks skips it, with the kernel's own words. */
    private static void orSkip(SocketOption<?> option, Scope.Closing test) throws IOException {
        try {
            test.close();
        } catch (SocketFailedException e) {
            if (!LACKING.contains(e.errno())) {
                throw e;
            }
            Assumptions.abort(option + ": " + e.getMessage());
        }
    }
}
