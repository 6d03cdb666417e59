package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.socket.Constants;
import dev.hawser.socket.ServerFlag;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sockets of this very process, as the kernel tells of them and as {@code ss} prints them. */
class SocketTableTest {

    @Test
    void tcpSocketsHaveTheirStatesQueuesAndInodes() throws IOException {
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0), 7);
                Socket client = connected(server.getSockName());
                Socket waiting = connected(server.getSockName());
                Socket peer = server.accept().socket()) {
            client.sendAll(new byte[123]);
            InetSocketEntry listening = only(SocketTable.tcp(), at(server));
            assertThat(listening.state()).isEqualTo(SocketState.LISTENING);
            assertThat(listening.receiveQueue()).isEqualTo(1);
            assertThat(listening.sendQueue()).isEqualTo(7);
            assertThat(listening.remote()).isEqualTo(new SockaddrIn(0, 0));
            InetSocketEntry connected = only(SocketTable.tcp(), at(client));
            assertThat(connected.state()).isEqualTo(SocketState.ESTABLISHED);
            assertThat(connected.remote()).isEqualTo(server.getSockName());
            assertThat(connected.protocol()).isEqualTo(Constants.IPPROTO_TCP);
            assertThat(only(
                                    SocketTable.tcp(),
                                    entry -> entry.local().equals(address(server))
                                            && entry.remote().equals(address(client)))
                            .receiveQueue())
                    .isEqualTo(123);
            assertThat(SocketOwners.read().of(connected.inode()))
                    .singleElement()
                    .isEqualTo(new SocketOwners.Owner(
                            "java", ProcessHandle.current().pid(), client.fileno()));
            assertThat(waiting.fileno()).isNotEqualTo(peer.fileno());
        }
    }

    @Test
    void theStateFollowsTheConnection() throws IOException {
        try (Socket server = Sockets.createServer(SockaddrIn6.of("::1", 0));
                Socket client = connected(server.getSockName());
                Socket peer = server.accept().socket()) {
            client.shutdown(Constants.SHUT_WR);
            assertThat(peer.recv(1)).isEmpty();
            assertThat(only(SocketTable.tcp(), at(client)).state())
                    .isIn(SocketState.FIN_WAIT_1, SocketState.FIN_WAIT_2);
            assertThat(only(SocketTable.tcp(), at(client)).timer().kind()).isIn((Object[]) SocketTimer.Kind.values());
            assertThat(only(SocketTable.tcp(), entry -> entry.remote().equals(address(client)))
                            .state())
                    .isEqualTo(SocketState.CLOSE_WAIT);
        }
    }

    @Test
    void aServerOfBothFamiliesIsToldFromOneOfIpv6() throws IOException {
        try (Socket both = Sockets.createServer(SockaddrIn6.of("::", 0), 1, ServerFlag.DUAL_STACK);
                Socket one = Sockets.createServer(SockaddrIn6.of("::", 0))) {
            assertThat(only(SocketTable.tcp(), at(both)).ipv6Only()).isFalse();
            assertThat(only(SocketTable.tcp(), at(one)).ipv6Only()).isTrue();
        }
    }

    @Test
    void udpSocketsAreListed() throws IOException {
        try (Socket first = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM);
                Socket second = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
            first.bind(SockaddrIn.of("127.0.0.1", 0));
            second.connect(first.getSockName());
            assertThat(only(SocketTable.udp(), at(first)).state()).isEqualTo(SocketState.CLOSED);
            InetSocketEntry connected = only(SocketTable.udp(), at(second));
            assertThat(connected.state()).isEqualTo(SocketState.ESTABLISHED);
            assertThat(connected.remote()).isEqualTo(first.getSockName());
        }
    }

    @Test
    void rawSocketsAreListedWithTheirProtocolAsPort() throws IOException {
        try (Socket raw = rawSocket()) {
            raw.bind(SockaddrIn.of("127.0.0.1", 0));
            SocketOwners owners = SocketOwners.read();
            long pid = ProcessHandle.current().pid();
            InetSocketEntry entry = only(
                    SocketTable.raw(),
                    each -> owners.of(each.inode()).contains(new SocketOwners.Owner("java", pid, raw.fileno())));
            assertThat(entry.local()).isEqualTo(SockaddrIn.of("127.0.0.1", Constants.IPPROTO_ICMP));
            assertThat(entry.state()).isEqualTo(SocketState.CLOSED);
        }
    }

    private static Socket rawSocket() throws IOException {
        try {
            return new Socket(Constants.AF_INET, Constants.SOCK_RAW, Constants.IPPROTO_ICMP);
        } catch (IOException e) {
            return Assumptions.abort("raw sockets: " + e.getMessage());
        }
    }

    @Test
    void theLinesOfProcAreRead() throws IOException {
        String ipv6 = "   58: 00000000000000000000000001000000:003A 00000000000000000000000000000000:0000"
                + " 07 00000102:00000304 00:00000000 00000000  1000        0 777 2 0000000000000000 0";
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the words have the machine's byte order");
        assertThat(ProcNetRaw.parse(List.of("  sl  local_address", ipv6)))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.local()).hasToString("[::1]:58");
                    assertThat(entry.sendQueue()).isEqualTo(0x102);
                    assertThat(entry.receiveQueue()).isEqualTo(0x304);
                    assertThat(entry.uid()).isEqualTo(1000);
                    assertThat(entry.inode()).isEqualTo(777);
                });
        for (int length = 1; length < ipv6.indexOf("777"); length++) {
            String cut = ipv6.substring(0, length);
            assertThatThrownBy(() -> ProcNetRaw.parse(List.of("", cut))).isInstanceOf(MalformedNetlinkException.class);
        }
    }

    @Test
    void unixSocketsHaveNamesPeersAndQueues() throws IOException {
        SockaddrUn name =
                SockaddrUn.ofAbstract("hawser-" + ProcessHandle.current().pid());
        try (Socket server = Sockets.createServer(name, 5);
                Socket client = connected(name);
                SocketPair pair = Sockets.socketPair(Constants.AF_UNIX, Constants.SOCK_SEQPACKET, 0)) {
            UnixSocketEntry listening = only(
                    SocketTable.unix(), entry -> entry.local().equals(name) && entry.state() == SocketState.LISTENING);
            assertThat(listening.type()).isEqualTo(Constants.SOCK_STREAM);
            assertThat(listening.receiveQueue()).isEqualTo(1);
            assertThat(listening.sendQueue()).isEqualTo(5);
            SocketOwners owners = SocketOwners.read();
            UnixSocketEntry first = only(SocketTable.unix(), ownedBy(owners, pair.first()));
            UnixSocketEntry second = only(SocketTable.unix(), ownedBy(owners, pair.second()));
            assertThat(first.type()).isEqualTo(Constants.SOCK_SEQPACKET);
            assertThat(first.peerInode()).isEqualTo(second.inode());
            assertThat(second.peerInode()).isEqualTo(first.inode());
            assertThat(first.local()).isEqualTo(SockaddrUn.UNNAMED);
            assertThat(client.fileno()).isNotEqualTo(server.fileno());
        }
    }

    @Test
    @RequiresProgram("ss")
    void whatSsPrintsOfThisProcessIsInTheTable() throws Exception {
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0), 9);
                Socket client = connected(server.getSockName());
                Socket peer = server.accept().socket()) {
            peer.sendAll(new byte[77]);
            String address = "127.0.0.1:" + ((SockaddrIn) server.getSockName()).port();
            List<String> table = SocketTable.tcp().stream()
                    .map(entry -> entry.state().ssName() + " " + entry.receiveQueue() + " " + entry.sendQueue() + " "
                            + entry.local() + " " + entry.remote().toString().replaceFirst(":0$", ":*"))
                    .filter(line -> isOf(address, line))
                    .toList();
            assertThat(table).hasSize(3);
            assertThat(table).containsExactlyInAnyOrderElementsOf(ss(address));
            assertThat(client.fileno()).isPositive();
        }
    }

    /** The first reader of the name finds a pipe; whoever read it again would find a file with another name. */
    @Test
    void theNameOfAProcessIsReadOnce(@TempDir Path proc) throws Exception {
        Path descriptors = Files.createDirectories(proc.resolve("42/fd"));
        for (int fd = 3; fd < 6; fd++) {
            Files.createSymbolicLink(descriptors.resolve(Integer.toString(fd)), Path.of("socket:[" + (fd + 100) + "]"));
        }
        try (Peer python = Peers.python("""
                import os, sys
                os.chdir(sys.argv[1])
                os.mkfifo('comm')
                print('made')
                with open('comm', 'w') as first:
                    os.unlink('comm')
                    with open('comm', 'w') as second:
                        second.write('second')
                    first.write('first')
                """, proc.resolve("42").toString())) {
            assertThat(python.readLine()).isEqualTo("made");
            SocketOwners owners = SocketOwners.read(proc);
            for (int fd = 3; fd < 6; fd++) {
                assertThat(owners.of(fd + 100)).containsExactly(new SocketOwners.Owner("first", 42, fd));
            }
            assertThat(python.awaitExit()).isZero();
        }
    }

    private static List<String> ss(String address) throws Exception {
        try (Peer ss = Peers.start("ss", "-Htan4")) {
            List<String> lines = ss.readLines();
            assertThat(ss.awaitExit()).isZero();
            return lines.stream()
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .filter(line -> isOf(address, line))
                    .toList();
        }
    }

    /** Another socket may have had the same port a moment ago. */
    private static boolean isOf(String address, String line) {
        return (line + " ").contains(" " + address + " ") && !line.startsWith("TIME-WAIT");
    }

    private static Socket connected(Sockaddr address) throws IOException {
        Socket socket = new Socket(address.family(), Constants.SOCK_STREAM);
        socket.connect(address);
        return socket;
    }

    private static Predicate<InetSocketEntry> at(Socket socket) throws IOException {
        Sockaddr address = socket.getSockName();
        return entry ->
                entry.local().equals(address) && (entry.state() != SocketState.ESTABLISHED || !isListening(socket));
    }

    private static boolean isListening(Socket socket) {
        try {
            return socket.getSockOpt(Constants.SOL_SOCKET, Constants.SO_ACCEPTCONN) != 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Sockaddr address(Socket socket) {
        try {
            return socket.getSockName();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Predicate<UnixSocketEntry> ownedBy(SocketOwners owners, Socket socket) {
        long pid = ProcessHandle.current().pid();
        return entry -> owners.of(entry.inode()).stream()
                .anyMatch(owner -> owner.pid() == pid && owner.fd() == socket.fileno());
    }

    private static <T> T only(List<T> all, Predicate<T> wanted) {
        List<T> found = all.stream().filter(wanted).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
