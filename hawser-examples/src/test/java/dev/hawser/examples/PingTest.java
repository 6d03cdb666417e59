package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.socket.SocketError;
import dev.hawser.testkit.Faults;
import dev.hawser.testkit.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer is the kernel, which answers at each address of the machine. */
@Timeout(60)
class PingTest {

    /** In a network of its own, whoever may make one may open both kinds of socket. */
    private static final String DATAGRAM = "echo '0 2147483647' > /proc/sys/net/ipv4/ping_group_range; ";

    private static final String RAW = "echo '1 0' > /proc/sys/net/ipv4/ping_group_range; ";

    private static final String UP = "ip link set lo up; ";

    private static Ping open(String host) throws IOException {
        try {
            return new Ping(host);
        } catch (IOException e) {
            if (e.getCause() instanceof SocketError) {
                Assumptions.abort(e.getMessage() + " (" + e.getCause().getMessage() + ")");
            }
            throw e;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void printsHowLongEachAnswerTook(String host) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Ping ping = open(host)) {
            boolean answered = ping.run(host, 3, Duration.ofMillis(10), new PrintStream(out, true, UTF_8));
            assertThat(answered).isTrue();
        }
        assertThat(out.toString(UTF_8).lines().map(line -> line.replaceAll("\\d+\\.\\d{3}\\b(?!\\.)", "#")))
                .containsExactly(
                        "PING " + host + " (" + host + "): 56 data bytes",
                        "64 bytes from " + host + ": icmp_seq=1 time=# ms",
                        "64 bytes from " + host + ": icmp_seq=2 time=# ms",
                        "64 bytes from " + host + ": icmp_seq=3 time=# ms",
                        "--- " + host + " ping statistics ---",
                        "3 packets transmitted, 3 received, 0% packet loss",
                        "rtt min/avg/max = #/#/# ms");
    }

    /** Two at once: a raw socket gets the answers to both. */
    @Test
    void takesNoOthersAnswerForItsOwn() throws Exception {
        try (Ping one = open("127.0.0.1");
                Ping two = open("127.0.0.1")) {
            for (short sequence = 1; sequence < 200; sequence++) {
                assertThat(one.ask(sequence, Duration.ofSeconds(5))).isPositive();
                assertThat(two.ask(sequence, Duration.ofSeconds(5))).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"datagram, 127.0.0.1", "datagram, ::1", "raw, 127.0.0.1", "raw, ::1"})
    void eachKindOfSocketIsAnswered(String kind, String host) throws Exception {
        String setup = UP + (kind.equals("raw") ? RAW : DATAGRAM);
        try (Peer ping = inOwnNetwork(setup, host, "1")) {
            assertThat(ping.readLines()).contains("1 packets transmitted, 1 received, 0% packet loss");
            assertThat(ping.awaitExit()).isZero();
        }
    }

    @Test
    void aHostThatIsSilentCostsThePackets() throws Exception {
        String setup = UP + "echo 1 > /proc/sys/net/ipv4/icmp_echo_ignore_all";
        try (Peer ping = inOwnNetwork(setup, "127.0.0.1", "2")) {
            assertThat(ping.readLines())
                    .containsExactly(
                            "PING 127.0.0.1 (127.0.0.1): 56 data bytes",
                            "no answer: icmp_seq=1",
                            "no answer: icmp_seq=2",
                            "--- 127.0.0.1 ping statistics ---",
                            "2 packets transmitted, 0 received, 100% packet loss");
            assertThat(ping.awaitExit()).isOne();
        }
    }

    @Test
    void whereThereIsNoWayItSaysSo() throws Exception {
        try (Peer ping = inOwnNetwork(DATAGRAM, "127.0.0.1", "1")) {
            assertThat(ping.readErrorLine()).contains("NoRouteException").contains("ENETUNREACH");
            assertThat(ping.awaitExit()).isOne();
        }
    }

    private static Peer inOwnNetwork(String setup, String... arguments) throws IOException, InterruptedException {
        Jvm.requireOwnNetwork(setup);
        return Jvm.startInOwnNetwork(setup, Ping.class, arguments);
    }

    @Test
    void whoeverMayNotPingIsToldWhatToDo() {
        try (Faults faults = Faults.install()) {
            faults.on("socket").onCall(1).fail(Errno.EACCES);
            faults.on("socket").onCall(2).fail(Errno.EPERM);
            assertThatThrownBy(() -> new Ping("127.0.0.1"))
                    .hasMessageContaining("CAP_NET_RAW")
                    .hasMessageContaining("net.ipv4.ping_group_range");
        }
    }

    @Test
    void anotherFailureIsNoQuestionOfPermission() {
        try (Faults faults = Faults.install()) {
            faults.on("socket").fail(Errno.EMFILE);
            assertThatThrownBy(() -> new Ping("127.0.0.1")).hasMessageContaining("EMFILE");
            assertThat(faults.count("socket")).isOne();
        }
    }

    /** The example of RFC 1071, section 3. */
    @Test
    void theChecksumIsThatOfTheRfc() {
        byte[] bytes = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        assertThat(Ping.checksum(ByteBuffer.wrap(bytes))).isEqualTo((short) ~0xddf2);
        assertThat(Ping.checksum(ByteBuffer.wrap(new byte[] {1}))).isEqualTo((short) ~0x100);
    }
}
