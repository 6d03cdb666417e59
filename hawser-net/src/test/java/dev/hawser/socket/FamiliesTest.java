package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_ALG;
import static dev.hawser.socket.Constants.AF_CAN;
import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_NETLINK;
import static dev.hawser.socket.Constants.AF_PACKET;
import static dev.hawser.socket.Constants.AF_QIPCRTR;
import static dev.hawser.socket.Constants.AF_TIPC;
import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.AF_VSOCK;
import static dev.hawser.socket.Constants.CAN_RAW;
import static dev.hawser.socket.Constants.IPPROTO_ICMP;
import static dev.hawser.socket.Constants.IPPROTO_MPTCP;
import static dev.hawser.socket.Constants.IPPROTO_SCTP;
import static dev.hawser.socket.Constants.IPPROTO_UDPLITE;
import static dev.hawser.socket.Constants.NETLINK_ROUTE;
import static dev.hawser.socket.Constants.NETLINK_USERSOCK;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_NONBLOCK;
import static dev.hawser.socket.Constants.SOCK_RAW;
import static dev.hawser.socket.Constants.SOCK_RDM;
import static dev.hawser.socket.Constants.SOCK_SEQPACKET;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static dev.hawser.socket.Constants.TIPC_NODE_SCOPE;
import static dev.hawser.socket.Constants.VMADDR_CID_ANY;
import static dev.hawser.socket.Constants.VMADDR_PORT_ANY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.hawser.posix.Errno;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever family the kernel has, its sockets are made, bound, told apart and taken over as those of any other. */
@Timeout(30)
class FamiliesTest {

    /** Writes CPython's tuples as the addresses here are written. */
    private static final String NAME_OF_DESCRIPTOR = """
            import socket
            s = socket.socket(fileno=fd)
            a = s.getsockname()
            def star(n):
                return '*' if n == 0xffffffff else n
            def tipc(kind, v1, v2, v3, scope):
                return f'tipc:{kind}:{v2}:{v1}:{v3}/{scope}' if kind == 3 else f'tipc:{kind}:{v1}:{v2}:{v3}/{scope}'
            print({
                socket.AF_INET: lambda: f'{a[0]}:{a[1]}',
                socket.AF_INET6: lambda: f'[{a[0]}]:{a[1]}',
                socket.AF_UNIX: lambda: 'unix:' + (a if type(a) is str else '@' + a[1:].decode()),
                socket.AF_NETLINK: lambda: f'netlink:{a[0]}/0x{a[1]:x}',
                socket.AF_PACKET: lambda: f'packet:{socket.if_nametoindex(a[0])}/0x{a[1]:04x}/{a[2]}/{a[3]}/{a[4].hex(":")}',
                socket.AF_VSOCK: lambda: f'vsock:{star(a[0])}:{star(a[1])}',
                socket.AF_CAN: lambda: f'can:{socket.if_nametoindex(a[0]) if a[0] else 0}',
                socket.AF_TIPC: lambda: tipc(*a),
                socket.AF_QIPCRTR: lambda: f'qrtr:{a[0]}:{a[1]}',
            }[s.family]())
            print(int(s.family), int(s.type), s.proto)
            """;

    /** A kind of socket, what messages call it, and an address to bind to. */
    record Kind(String transport, int family, int type, int protocol, Supplier<@Nullable Sockaddr> address) {

        Socket bound(Scope scope) throws IOException {
            Socket socket = Kernel.socket(scope, family, type, protocol);
            Sockaddr wanted = address.get();
            if (wanted != null) {
                socket.bind(wanted);
            }
            return socket;
        }

        @Override
        public String toString() {
            return transport + " " + family + "/" + type + "/" + protocol;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("tcp", AF_INET, SOCK_STREAM, 0, Scope::loopback4),
                new Kind("udp", AF_INET6, SOCK_DGRAM, 0, Scope::loopback6),
                new Kind("udplite", AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, Scope::loopback4),
                new Kind("udplite", AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, Scope::loopback6),
                new Kind("mptcp", AF_INET, SOCK_STREAM, IPPROTO_MPTCP, Scope::loopback4),
                new Kind("sctp", AF_INET, SOCK_STREAM, IPPROTO_SCTP, Scope::loopback4),
                new Kind("ip:1", AF_INET, SOCK_RAW, IPPROTO_ICMP, Scope::loopback4),
                new Kind("unix", AF_UNIX, SOCK_STREAM, 0, Scope::unixAbstract),
                new Kind("unixgram", AF_UNIX, SOCK_DGRAM, 0, () -> SockaddrUn.UNNAMED),
                new Kind(
                        "unixgram",
                        AF_UNIX,
                        SOCK_DGRAM,
                        0,
                        () -> SockaddrUn.ofAbstract("hawser-%0100d".formatted(pid()))),
                new Kind("unixpacket", AF_UNIX, SOCK_SEQPACKET, 0, Scope::unixAbstract),
                new Kind("netlink", AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, () -> SockaddrNl.KERNEL),
                new Kind("netlink", AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE, () -> new SockaddrNl(0, 0x11)),
                new Kind("netlink", AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK, () -> new SockaddrNl(-1234, 0)),
                new Kind("packet", AF_PACKET, SOCK_DGRAM, 0, () -> SockaddrLl.of("lo", 0x0800)),
                new Kind("packet", AF_PACKET, SOCK_RAW, 0, () -> SockaddrLl.of("lo", 0x88b5)),
                new Kind("vsock", AF_VSOCK, SOCK_STREAM, 0, () -> SockaddrVm.of(VMADDR_CID_ANY, VMADDR_PORT_ANY)),
                new Kind("can", AF_CAN, SOCK_RAW, CAN_RAW, () -> SockaddrCan.of(0)),
                new Kind("tipc", AF_TIPC, SOCK_RDM, 0, () -> SockaddrTipc.ofRange(18888, 7, 9, TIPC_NODE_SCOPE)),
                new Kind("qrtr", AF_QIPCRTR, SOCK_DGRAM, 0, () -> null),
                new Kind("alg", AF_ALG, SOCK_SEQPACKET, 0, () -> SockaddrAlg.of("hash", "sha256")));
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** The kernel gives a socket of AF_ALG no name. */
    static Stream<Kind> kindsWithNames() {
        return kinds().filter(kind -> kind.family != AF_ALG);
    }

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @MethodSource("kindsWithNames")
    void cpythonHasTheSameNameForTheSameDescriptor(Kind kind) throws IOException {
        Path python = Peers.require("python3");
        Socket socket = kind.bound(scope);

        List<String> printed = InheritingChild.python(python, scope.directory(), socket, NAME_OF_DESCRIPTOR)
                .lines()
                .toList();

        assertThat(socket.getSockName()).hasToString(printed.get(0));
        assertThat(socket.getSockName().family()).isEqualTo(kind.family);
        Socket same = scope.add(Sockets.fromFd(socket.fileno()));
        assertThat(same.family() + " " + same.type() + " " + same.protocol()).isEqualTo(printed.get(1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aDescriptorTellsItsKind(Kind kind) throws IOException {
        Socket socket = kind.bound(scope);
        Socket duplicate = scope.add(Sockets.fromFd(socket.fileno()));
        Socket adopted = scope.add(Sockets.adopt(duplicate.dup().detach()));

        for (Socket same : new Socket[] {duplicate, adopted}) {
            assertThat(same.family()).isEqualTo(kind.family);
            assertThat(same.type()).isEqualTo(kind.type);
            assertThat(same.protocol()).matches(protocol -> kind.protocol == 0 || protocol == kind.protocol);
            assertThat(same).asString().startsWith(withoutNumber(socket));
        }
        assertThat(socket).asString().startsWith("Socket[" + kind.transport);
    }

    private static String withoutNumber(Socket socket) {
        String text = socket.toString();
        return text.substring(0, text.indexOf(" fd="));
    }

    @Test
    void aDescriptorIsTakenForWhatTheCallerSays() throws IOException {
        Socket socket = scope.socket(AF_UNIX, SOCK_DGRAM);
        Socket said = scope.add(Sockets.fromFd(socket.fileno(), AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 6));
        Socket asked = scope.add(Sockets.fromFd(socket.fileno(), -1, -1, -1));
        Socket adopted = scope.add(Sockets.adopt(said.dup().detach(), -1, SOCK_RAW, -1));

        assertThat(said.family()).isEqualTo(AF_INET);
        assertThat(said.type()).isEqualTo(SOCK_STREAM);
        assertThat(said.protocol()).isEqualTo(6);
        assertThat(said.getTimeout()).isZero();
        assertThat(asked.family()).isEqualTo(AF_UNIX);
        assertThat(asked.type()).isEqualTo(SOCK_DGRAM);
        assertThat(asked.protocol()).isZero();
        assertThat(asked.getTimeout()).isNull();
        assertThat(adopted.family()).isEqualTo(AF_UNIX);
        assertThat(adopted.type()).isEqualTo(SOCK_RAW);
    }

    @Test
    void whatIsNoDescriptorIsRefusedWhateverTheCallerSays() {
        SocketFailedException closed =
                assertThrowsExactly(SocketFailedException.class, () -> Sockets.fromFd(19_999, AF_INET, SOCK_STREAM, 0));
        assertThat(closed.errno()).isEqualTo(Errno.EBADF);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockets.adopt(-1, AF_INET, SOCK_STREAM, 0))
                .withMessageContaining("-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_SEQPACKET", "SOCK_RAW"})
    void unixSocketsComeInPairsOfEveryType(String type) throws Exception {
        assertThatAPairTalks(AF_UNIX, Constants.class.getField(type).getInt(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_SEQPACKET", "SOCK_RDM"})
    void tipcSocketsComeInPairsOfEveryType(String type) throws Exception {
        assertThatAPairTalks(AF_TIPC, Constants.class.getField(type).getInt(null));
    }

    @Test
    void aFamilyWithoutPairsSaysSo() {
        SocketFailedException refused =
                assertThrowsExactly(SocketFailedException.class, () -> Sockets.socketPair(AF_INET, SOCK_STREAM, 0));

        assertThat(refused).hasMessage("socketPair tcp: EOPNOTSUPP (Operation not supported)");
    }

    private void assertThatAPairTalks(int family, int type) throws IOException {
        SocketPair pair;
        try {
            pair = scope.add(Sockets.socketPair(family, type, 0));
        } catch (SocketFailedException e) {
            throw Kernel.skipped(e);
        }
        pair.first().send(Bytes.of("ping"));
        assertThat(pair.second().recv(10)).isEqualTo(Bytes.of("ping"));
        pair.second().send(Bytes.of("pong"));
        assertThat(pair.first().recv(10)).isEqualTo(Bytes.of("pong"));
        assertThat(pair.first().type()).isEqualTo(type);
    }
}
