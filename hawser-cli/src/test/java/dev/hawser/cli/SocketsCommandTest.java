package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.ServerFlag;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hawser sockets} prints of this process what {@code ss} prints. */
class SocketsCommandTest {

    private final long pid = ProcessHandle.current().pid();

    @ParameterizedTest
    @ValueSource(
            strings = {"-tunlp", "-tunap", "-tunp", "-tunap4", "-tunap6", "-xlp", "-xap", "-xp", "-tuxwlp4", "-anp"})
    @RequiresProgram("ss")
    void theLinesOfThisProcessAreThoseOfSs(String letters) throws Exception {
        SockaddrUn name = SockaddrUn.ofAbstract("hawser-sockets-" + pid);
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0), 9);
                Socket client = connected(server.getSockName());
                Socket peer = server.accept().socket();
                Socket both = Sockets.createServer(SockaddrIn6.of("::", 0), 3, ServerFlag.DUAL_STACK);
                Socket one = Sockets.createServer(SockaddrIn6.of("::1", 0));
                Socket any = Sockets.createServer(SockaddrIn6.of("::", 0));
                Socket udp = bound(SockaddrIn.of("127.0.0.1", 0));
                Socket udp6 = bound(SockaddrIn6.of("::", 0));
                Socket unix = Sockets.createServer(name, 5);
                Socket unixClient = connected(name)) {
            peer.sendAll(new byte[77]);
            udp6.connect(new SockaddrIn6(0, 1, 9, 0, 0));
            assertThat(List.of(client, both, one, any, udp, unix, unixClient)).noneMatch(Socket::isClosed);
            Predicate<String> ours = line -> line.contains("pid=" + pid + ",");
            List<String> expected = ss(letters).stream().filter(ours).toList();
            assertThat(sockets(letters).stream().filter(ours)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(expected).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wanp", "-wap4"})
    @RequiresProgram("ss")
    void rawSocketsAreThoseOfSsToo(String letters) throws Exception {
        try (Socket raw = rawSocket()) {
            raw.bind(SockaddrIn.of("127.0.0.1", 0));
            List<String> expected = ss(letters).stream()
                    .filter(line -> line.contains("pid=" + pid + ","))
                    .map(line -> "raw " + line) // a column that would be the same in each line is left out
                    .toList();
            assertThat(sockets(letters)).containsAll(expected);
            assertThat(expected).hasSize(1);
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
    void theHeaderIsThatOfSsAndTheColumnsAreAligned() throws IOException {
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            Captured run = Captured.run("", "sockets", "-tnl");
            List<String> lines = run.out().lines().toList();
            assertThat(lines.getFirst())
                    .matches("Netid +State +Recv-Q +Send-Q +Local Address:Port +Peer Address:Port +Process");
            int column = lines.getFirst().indexOf("Local");
            assertThat(lines).anyMatch(line -> line.startsWith(address(server) + " ", column));
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void withoutOptionsItListsWhatHasAPeer() throws IOException {
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
                Socket client = connected(server.getSockName())) {
            List<String> lines = sockets();
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("tcp ESTAB 0 0 " + address(client) + " " + address(server)))
                    .noneMatch(line -> line.contains(" LISTEN "));
        }
    }

    @Test
    @RequiresProgram("python3")
    void theNameOfAProcessIsNoCommandToTheTerminal() throws Exception {
        try (Peer python = Peers.python("""
                import socket, sys
                open('/proc/self/comm', 'w').write('\\033[2Jodd')
                s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1]); sys.stdin.read()
                """)) {
            String port = python.readLine();
            assertThat(sockets("-tlnp"))
                    .anyMatch(line -> line.contains(":" + port + " ") && line.contains("users:((\"?[2Jodd\",pid="));
        }
    }

    @Test
    void portsHaveTheNamesOfServices() {
        Services services =
                Services.of("# comment\nhttps\t\t443/tcp # secure\nhttps 443/udp\nssl 443/tcp\nodd\n", "icmp 1 ICMP\n");
        assertThat(services.name("tcp", 443)).isEqualTo("https");
        assertThat(services.name("tcp", 444)).isEqualTo("444");
        assertThat(services.name("raw", 1)).isEqualTo("icmp");
        assertThat(Services.NONE.name("tcp", 443)).isEqualTo("443");
    }

    private static List<String> sockets(String... options) {
        String[] arguments =
                Stream.concat(Stream.of("sockets"), Stream.of(options)).toArray(String[]::new);
        Captured run = Captured.run("", arguments);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return normalized(run.out().lines().skip(1));
    }

    private static List<String> ss(String letters) throws Exception {
        try (Peer ss = Peers.start("ss", "-H", letters)) {
            List<String> lines = ss.readLines();
            assertThat(ss.awaitExit()).isZero();
            return normalized(lines.stream());
        }
    }

    private static List<String> normalized(Stream<String> lines) {
        return lines.map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    private static String address(Socket socket) {
        try {
            return socket.getSockName().toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Socket connected(Sockaddr address) throws IOException {
        Socket socket = new Socket(address.family(), Constants.SOCK_STREAM);
        socket.connect(address);
        return socket;
    }

    private static Socket bound(Sockaddr address) throws IOException {
        Socket socket = new Socket(address.family(), Constants.SOCK_DGRAM);
        socket.bind(address);
        return socket;
    }
}
