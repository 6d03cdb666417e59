package dev.hawser.examples;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Interfaces;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DiscoveryTest {

    private static final Duration LONG_ENOUGH = Duration.ofMillis(300);

    private static int loopback() throws IOException {
        return Interfaces.ifNameToIndex("lo");
    }

    /** On a free port of the group. */
    private static Discovery offer(String name, int servicePort) throws IOException {
        Discovery offered = new Discovery(name, servicePort, Discovery.group4(0), loopback());
        Thread.startVirtualThread(offered::answer);
        return offered;
    }

    private static int port(Discovery offered) throws IOException {
        return HostPort.parse(offered.address().toString()).port();
    }

    /** The ports; which of its addresses the machine answers itself from is its own affair. */
    private static List<Integer> found(String name, Sockaddr where) throws IOException {
        return Discovery.find(name, where, loopback(), LONG_ENOUGH).stream()
                .map(found -> HostPort.parse(found.toString()).port())
                .toList();
    }

    @Test
    void findsWhatIsOfferedAndNothingElse() throws Exception {
        try (Discovery printer = offer("printer", 9100)) {
            Sockaddr where = Discovery.group4(port(printer));
            try (Discovery scanner = new Discovery("scanner", 80, where, loopback());
                    Discovery secondScanner = new Discovery("scanner", 81, where, loopback())) {
                Thread.startVirtualThread(scanner::answer);
                Thread.startVirtualThread(secondScanner::answer);

                assertThat(found("printer", where)).containsExactly(9100);
                assertThat(found("scanner", where)).containsExactlyInAnyOrder(80, 81);
                assertThat(found("plotter", where)).isEmpty();
            }
        }
    }

    @Test
    void cpythonAsksAndIsAnswered() throws Exception {
        try (Discovery printer = offer("printer", 9100);
                Peer python = Peers.python("""
                        import socket, sys
                        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                        s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton('127.0.0.1'))
                        s.settimeout(10)
                        for noise in (b'', b'hawser?', b'hawser? printe', b'hawser? printer2', b'x' * 2000):
                            s.sendto(noise, ('239.255.72.87', int(sys.argv[1])))
                        s.sendto(b'hawser? printer', ('239.255.72.87', int(sys.argv[1])))
                        print(s.recv(1000))
                        """, Integer.toString(port(printer)))) {
            assertThat(python.readLines()).containsExactly("b'hawser! printer 9100'");
        }
    }

    @Test
    void whatIsNoAnswerIsPassedOver() throws Exception {
        try (Peer python = Peers.python("""
                import socket
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.bind(('239.255.72.87', 0))
                s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                             socket.inet_aton('239.255.72.87') + socket.inet_aton('127.0.0.1'))
                print(s.getsockname()[1])
                question, asker = s.recvfrom(1000)
                for answer in (b'', b'hawser!', b'hawser! other 80', b'hawser! printer 65536', b'hawser! printer -1',
                               b'hawser! printer 80 81', b'\\xff' * 500, b'hawser! printer 80'):
                    s.sendto(answer, asker)
                print(question)
                """)) {
            Sockaddr where = Discovery.group4(Integer.parseInt(python.readLine()));
            assertThat(found("printer", where)).containsExactly(80);
            assertThat(python.readLine()).isEqualTo("b'hawser? printer'");
        }
    }

    /** In a network of its own: the loopback interface has no IPv6 multicasts. */
    @Test
    void bothFamiliesFindTheService() throws Exception {
        String setup = """
                ip link set lo up
                ip link add net0 type veth peer name net1
                ip link set net0 addrgenmode none
                ip link set net0 up
                ip link set net1 up
                ip addr add 10.0.0.1/24 dev net0
                ip addr add fe80::1/64 dev net0 nodad
                """;
        Jvm.requireOwnNetwork(setup);
        try (Peer offering = Jvm.startInOwnNetwork(setup, Discovery.class, "offer", "printer", "9100", "net0")) {
            assertThat(offering.readLine()).isEqualTo("offers printer at 239.255.72.87:7287");
            assertThat(offering.readLine()).matches("offers printer at \\[ff02::4857%\\d+]:7287");
            try (Peer finding = Jvm.startInNetworkOf(offering, Discovery.class, "find", "printer", "net0")) {
                assertThat(finding.readLine(Duration.ofSeconds(30))).isEqualTo("10.0.0.1:9100");
                assertThat(finding.readLine()).matches("\\[fe80::1%\\d+]:9100");
                assertThat(finding.awaitExit()).isZero();
            }
        }
    }

    @Test
    void closeEndsTheAnswering() throws Exception {
        Discovery offered = new Discovery("x", 1, Discovery.group4(0), loopback());
        Thread answering = Thread.startVirtualThread(offered::answer);
        offered.close();
        assertThat(answering.join(Duration.ofSeconds(10))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "网", "a\nb"})
    void aNameThatCannotBeAskedForIsRefused(String name) throws Exception {
        int index = loopback();
        assertThatThrownBy(() -> new Discovery(name, 1, Discovery.group4(0), index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(name);
        assertThatThrownBy(() -> Discovery.find(name, Discovery.group4(1), index, LONG_ENOUGH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Bound to the group's address, it does not hear what is sent to the machine itself. */
    @Test
    void aQuestionToTheMachineAloneIsNotHeard() throws Exception {
        try (Discovery printer = offer("printer", 9100);
                Socket asker = new Socket(AF_INET, SOCK_DGRAM)) {
            asker.connect(SockaddrIn.of("127.0.0.1", port(printer)));
            asker.send("hawser? printer".getBytes(UTF_8));
            assertThatThrownBy(() -> asker.recv(100)).hasMessageContaining("ECONNREFUSED");
        }
    }
}
