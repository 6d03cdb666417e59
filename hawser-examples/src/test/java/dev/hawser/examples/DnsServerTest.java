package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsServerTest {

    private static final HostsTable TABLE = HostsTable.parse("""
            # addresses, and their names
            192.0.2.1  www.example.org www # the first
            192.0.2.2  www.example.org
            2001:db8::1 www.example.org

            fe80::1%eth0 local
            """
            + IntStream.range(0, 40).mapToObj(i -> "192.0.2." + i + " many\n").collect(Collectors.joining()));

    /** id 1234, recursion desired, one question. */
    private static final String HEADER = "1234 0100 0001 0000 0000 0000";

    private static final String WWW = "03 777777 00";
    private static final String EDNS = "00 0029 04d0 00 00 0000 0000";

    @Test
    @RequiresProgram("dig")
    void digFindsAddressesOfBothKindsWhateverTheCase() throws Exception {
        try (RunningServer server = serving()) {
            assertThat(dig(server, "+short", "WWW.Example.ORG", "A")).containsExactly("192.0.2.1", "192.0.2.2");
            assertThat(dig(server, "+short", "www.example.org", "AAAA")).containsExactly("2001:db8::1");
            assertThat(dig(server, "+short", "local", "AAAA")).containsExactly("fe80::1");
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("3 queries"));
            await().untilAsserted(() ->
                    assertThat(server.log()).startsWith("WWW.Example.ORG A: NOERROR, 2 records, to 127.0.0.1:"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.name A, NXDOMAIN, ANSWER: 0",
        "www AAAA, NOERROR, ANSWER: 0",
        "www MX, NOERROR, ANSWER: 0",
        "www -c CH, REFUSED, ANSWER: 0",
        "www +noedns, NOERROR, 'ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0'",
        "www, NOERROR, 'ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1'",
        "www +edns=3 +noednsnegotiation, BADVERS, ANSWER: 0",
        "www +opcode=4, NOTIMP, ANSWER: 0",
    })
    @RequiresProgram("dig")
    void digUnderstandsWhatThereIsNot(String query, String status, String counts) throws Exception {
        try (RunningServer server = serving()) {
            assertThat(String.join("\n", dig(server, query.split(" "))))
                    .contains("status: " + status + ",", counts)
                    .doesNotContain("malformed", "extra bytes", "failed");
        }
    }

    @Test
    @RequiresProgram("dig")
    void whatDoesNotFitIsToldToBeMissing() throws Exception {
        try (RunningServer server = serving()) {
            assertThat(String.join("\n", dig(server, "+ignore", "+bufsize=4096", "many")))
                    .containsPattern("flags: qr aa tc rd;.* ANSWER: 0");
            await().untilAsserted(() -> assertThat(server.log()).contains("many A: NOERROR, truncated"));
        }
    }

    @Test
    @RequiresProgram("host")
    void hostFindsAddresses() throws Exception {
        try (RunningServer server = serving();
                Peer host =
                        Peers.start("host", "-p", Integer.toString(server.port()), "www.example.org.", "127.0.0.1")) {
            assertThat(host.readLines())
                    .contains(
                            "www.example.org has address 192.0.2.1",
                            "www.example.org has address 192.0.2.2",
                            "www.example.org has IPv6 address 2001:db8::1");
        }
    }

    @Test
    void anAnswerHasTheQuestionAndItsAddressesAndNothingMore() throws Exception {
        assertThat(answer(HEADER + WWW + "0001 0001"))
                .isEqualTo(hex(
                        "1234 8500 0001 0001 0000 0000" + WWW + "0001 0001" + "c00c 0001 0001 0000003c 0004 c0000201"));
    }

    /** With the code for it, and without the question, which nobody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234 0100 0000 0000 0000 0000", // no question
                "1234 0100 0002 0000 0000 0000" + WWW + "0001 0001" + WWW + "0001 0001",
                HEADER, // the question is missing
                HEADER + WWW + "0001 00", // or half of it
                HEADER + WWW + "0001 0001 00", // something after it
                HEADER + "03 7777", // a name without an end
                HEADER + "c00c 0001 0001", // one that points at itself
                HEADER + "40 00 0001 0001", // a label of a kind that is not
                "1234 0100 0001 0001 0000 0000" + WWW + "0001 0001" + "c00c 0001 0001 0000003c 0004 c0000201",
                "1234 0100 0001 0000 0000 0002" + WWW + "0001 0001" + EDNS + EDNS,
                "1234 0100 0001 0000 0000 0001" + WWW + "0001 0001" + "01 61" + EDNS, // EDNS is of the root
                "1234 0100 0001 0000 0000 0001" + WWW + "0001 0001" + "00 0029 04d0 00 00 0000 0005 00" // cut
            })
    void whatIsMalformedIsTold(String query) throws Exception {
        assertThat(answer(query)).isEqualTo(hex("1234 8101 0000 0000 0000 0000"));
    }

    @Test
    void aNameIsNotLongerThanAName() throws Exception {
        String label = "3f" + "61".repeat(63);
        assertThat(answer(HEADER + label.repeat(3) + "3d" + "61".repeat(61) + "00 0001 0001")[3])
                .isEqualTo((byte) 3);
        assertThat(answer(HEADER + label.repeat(3) + "3e" + "61".repeat(62) + "00 0001 0001")[3])
                .isEqualTo((byte) 1);
    }

    @Test
    void otherAdditionalRecordsDoNotDisturb() throws Exception {
        assertThat(answer("1234 0100 0001 0000 0000 0002" + WWW + "0001 0001" + "c00c 00fa 00ff 00000000 0002 abcd"
                        + EDNS))
                .startsWith(hex("1234 8500 0001 0001 0000 0001"));
    }

    /** Two servers would talk for ever. */
    @Test
    void whatIsNoQueryGetsNoAnswer() throws Exception {
        try (RunningServer server = serving();
                Socket client = client(server)) {
            client.send(hex("1234 8100 0001 0000 0000 0000" + WWW + "0001 0001"));
            client.send(hex("1234 01"));
            client.send(new byte[0]);
            client.send(hex(HEADER + WWW + "0001 0001"));
            assertThat(client.recv(1000)).hasSize(12 + 5 + 4 + 16);
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("1 query"));
        }
    }

    @Test
    void whatIsToldHasNoCommandsToATerminal() {
        DnsQuery query = DnsQuery.parse(hex(HEADER + "04 1b5b326a 01 2e 00 0010 0001"));
        assertThat(DnsServer.answer(query, TABLE)).hasToString("??2j.? TYPE16: NXDOMAIN, 0 records");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "127.0.0.1 a\\nlocalhost, `line 2: 'localhost' is not an address, such as 127.0.0.1 or ::1`",
                "1.2.3.4 a..b, `line 1: 'a..b' is not a name: between its dots are 1 to 63 characters`",
            })
    void aTableThatIsNoneIsTold(String text, String message) {
        assertThatThrownBy(() -> HostsTable.parse(text.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aTableMayHaveCommentsInAnyEncoding(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("hosts");
        Files.write(file, hex("23 e9 0a 31 2e 32 2e 33 2e 34 20 61 0a")); // in Latin-1, not in UTF-8
        assertThat(HostsTable.read(file).addresses("\u0001a\0")).containsExactly(new byte[] {1, 2, 3, 4});
    }

    private static RunningServer serving() throws IOException {
        return new RunningServer(log -> new DnsServer(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0), TABLE, log));
    }

    private static List<String> dig(RunningServer server, String... query) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-r", "@127.0.0.1", "-p", Integer.toString(server.port()), "+tries=1"));
        arguments.addAll(Arrays.asList(query));
        try (Peer dig = Peers.start("dig", arguments.toArray(String[]::new))) {
            return dig.readLines();
        }
    }

    private static Socket client(RunningServer server) throws IOException {
        Socket client = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM);
        client.setTimeout(Duration.ofSeconds(10));
        client.connect(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, server.port()));
        return client;
    }

    private static byte[] answer(String query) throws IOException {
        try (RunningServer server = serving();
                Socket client = client(server)) {
            client.send(hex(query));
            return client.recv(1000);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
