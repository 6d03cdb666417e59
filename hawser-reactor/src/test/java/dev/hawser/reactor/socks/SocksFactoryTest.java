package dev.hawser.reactor.socks;

import static dev.hawser.reactor.socks.SocksFixture.hex;
import static dev.hawser.reactor.socks.SocksFixture.receive;
import static dev.hawser.reactor.socks.SocksFixture.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.testkit.Eventually;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SocksFactoryTest {

    private static final String LOCALHOST = "7f000001";
    private static final String NOBODY_4 = "005b000000000000";
    private static final String NOBODY_5 = "0001000000000000";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private SocksFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new SocksFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String name(String name) {
        return HexFormat.of().formatHex(name.getBytes(UTF_8));
    }

    private static String name5(String name) {
        return HexFormat.of().toHexDigits((byte) name.length()) + name(name);
    }

    private static void assertEchoes(Socket socket) throws IOException {
        send(socket, "cafe");
        assertThat(receive(socket, 2)).isEqualTo("cafe");
    }

    private static void assertClosed(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    // CONNECT.

    @Test
    void versionFourConnectsToAnAddress() throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(fixture.echoPort) + LOCALHOST + name("fred") + "00");
            assertThat(receive(client, 8)).startsWith("005a").endsWith(LOCALHOST);
            assertEchoes(client);
        }
    }

    @Test
    void versionFourAConnectsToAName() throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(fixture.echoPort) + "00000001" + "00" + name("localhost") + "00");
            assertThat(receive(client, 8)).startsWith("005a");
            assertEchoes(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"01" + LOCALHOST, "0309" + "6c6f63616c686f7374", "0309" + "3132372e302e302e31"})
    void versionFiveConnectsToAddressesAndNames(String host) throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "050100");
            assertThat(receive(client, 2)).isEqualTo("0500");
            send(client, "050100" + host + hex(fixture.echoPort));
            assertThat(receive(client, 10)).startsWith("0500000" + "1" + LOCALHOST);
            assertEchoes(client);
        }
    }

    @Test
    void versionFiveConnectsToIpv6() throws Exception {
        int port = fixture.listen(SockaddrIn6.of("::1", 0), dev.hawser.reactor.protocols.Wire.echo());
        try (Socket client = fixture.connect()) {
            send(client, "050100");
            assertThat(receive(client, 2)).isEqualTo("0500");
            send(client, "05010004" + "00".repeat(15) + "01" + hex(port));
            assertThat(receive(client, 22)).startsWith("05000004" + "00".repeat(15) + "01");
            assertEchoes(client);
        }
    }

    @Test
    void whateverThePiecesNothingIsLost() throws Exception {
        byte[] all = HexFormat.of()
                .parseHex("050100" + "05010003" + name5("localhost") + hex(fixture.echoPort) + name("early"));
        for (int cut = 0; cut < all.length; cut++) {
            try (Socket client = fixture.connect()) {
                client.setTcpNoDelay(true);
                client.getOutputStream().write(all, 0, cut);
                fixture.reactor.awaitTurns(1);
                client.getOutputStream().write(all, cut, all.length - cut);
                assertThat(receive(client, 12)).startsWith("0500" + "0500");
                assertThat(receive(client, 5)).isEqualTo(name("early"));
            }
        }
    }

    @Test
    void muchPassesBothWaysAndHalfClosedConnectionsGoOn() throws Exception {
        byte[] much = new byte[5 << 20];
        new Random(1).nextBytes(much);
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(fixture.echoPort) + LOCALHOST + "00");
            receive(client, 8);
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    client.getOutputStream().write(much);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
            writer.join();
        }
    }

    // What goes wrong.

    @Test
    void nobodyListening() throws Exception {
        int nobody;
        try (ServerSocket gone = new ServerSocket(0)) {
            nobody = gone.getLocalPort();
        }
        try (Socket client = fixture.connect()) {
            send(client, "050100" + "05010001" + LOCALHOST + hex(nobody));
            assertThat(receive(client, 12)).isEqualTo("0500" + "0505" + NOBODY_5);
            assertClosed(client);
        }
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(nobody) + LOCALHOST + "00");
            assertThat(receive(client, 8)).isEqualTo(NOBODY_4);
            assertClosed(client);
        }
        assertThat(fixture.refused).hasSize(2).allMatch(reason -> reason.contains("ECONNREFUSED"));
    }

    @Test
    void eachFailureHasItsCode() {
        assertThat(SocksConversation.code(new java.net.UnknownHostException())).isEqualTo(4);
        assertThat(SocksConversation.code(new java.net.SocketTimeoutException()))
                .isEqualTo(6);
        assertThat(SocksConversation.code(new IOException("what?"))).isEqualTo(1);
        for (List<Integer> each : List.of(
                List.of(Errno.ECONNREFUSED, 5),
                List.of(Errno.ENETUNREACH, 3),
                List.of(Errno.EHOSTUNREACH, 4),
                List.of(Errno.ETIMEDOUT, 6),
                List.of(Errno.EACCES, 1))) {
            assertThat(SocksConversation.codeOf(each.get(0))).isEqualTo(each.get(1));
        }
    }

    @Test
    void aNameThatNobodyHas() throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "050100" + "05010003" + name5("nobody.invalid") + "0050");
            assertThat(receive(client, 12)).isEqualTo("0500" + "0504" + NOBODY_5);
            assertClosed(client);
        }
    }

    @ParameterizedTest
    @CsvSource({"05040001" + LOCALHOST + "0050, 07", "05010009" + LOCALHOST + "0050, 08", "0501000301200050, 04"})
    void whatIsNotSupportedHasItsCode(String request, String code) throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "050100" + request);
            assertThat(receive(client, 12)).isEqualTo("0500" + "05" + code + NOBODY_5);
            assertClosed(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"47", "00", "06", "ff"})
    void whoDoesNotSpeakSocksIsClosed(String beginning) throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, beginning);
            assertClosed(client);
        }
    }

    @Test
    void textsHaveTheirLimit() throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(fixture.echoPort) + LOCALHOST + "61".repeat(255) + "00");
            assertThat(receive(client, 8)).startsWith("005a");
        }
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(fixture.echoPort) + LOCALHOST + "61".repeat(256));
            assertClosed(client);
        }
    }

    @Test
    void aTimeIsSetForWhatAClientWants() {
        MemoryReactor memory = new MemoryReactor();
        StringTransport transport = new StringTransport().withReactor(memory);
        transport.connect(new SocksFactory(memory).buildProtocol(null));
        transport.receive("\5\1\0");
        memory.advance(Duration.ofMillis(9_999));
        assertThat(transport.isConnected()).isTrue();
        memory.advance(Duration.ofMillis(1));
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
        assertThat(memory.clock().delayedCalls()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new SocksFactory(memory).connectTimeout(Duration.ZERO));
    }

    @Test
    void aClientThatGoesWhileItsTargetIsConnectedLeavesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket client = fixture.connect()) {
                client.setSoLinger(true, 0);
                send(client, "0401" + hex(fixture.echoPort) + LOCALHOST + "00");
            }
        }
        Eventually.eventually()
                .untilAsserted(
                        () -> assertThat(fixture.reactor.reactor().metrics().connectionsOpen())
                                .isZero());
    }

    // Who may.

    @Test
    void rulesAreAskedForEachAddressAndSayWhoGoesWhere() throws Exception {
        fixture.reactor.run(() -> fixture.proxy.rules((request, target) -> {
            assertThat(request.host()).isEqualTo("localhost");
            assertThat(request.command()).isEqualTo(SocksCommand.CONNECT);
            return SocksMessages.port(target) == fixture.echoPort && target instanceof SockaddrIn;
        }));
        try (Socket client = fixture.connect()) {
            send(client, "050100" + "05010003" + name5("localhost") + hex(fixture.echoPort));
            assertThat(receive(client, 12)).startsWith("0500" + "0500");
        }
        try (Socket client = fixture.connect()) {
            send(client, "050100" + "05010003" + name5("localhost") + "0050");
            assertThat(receive(client, 12)).isEqualTo("0500" + "0502" + NOBODY_5);
            assertClosed(client);
        }
        assertThat(fixture.refused).singleElement().asString().contains("CONNECT localhost:80 of 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "5, , 127.0.0.1:1, 192.0.2.1:80, true",
        "4, fred, 127.0.0.1:1, 192.0.2.1:80, true",
        "5, , [::ffff:127.0.0.1]:1, 192.0.2.1:80, true",
        "5, , unix:/x, 192.0.2.1:80, true",
        "5, , 192.0.2.9:1, 192.0.2.1:80, false",
        "4, fred, 192.0.2.9:1, 192.0.2.1:80, false",
        "5, fred, 192.0.2.9:1, 192.0.2.1:80, true",
        "5, fred, 192.0.2.9:1, 127.0.0.1:80, false",
        "5, fred, 192.0.2.9:1, 0.0.0.0:80, false",
        "5, fred, 192.0.2.9:1, 169.254.169.254:80, false",
        "5, fred, 192.0.2.9:1, 224.0.0.1:80, false",
        "5, fred, 192.0.2.9:1, 255.255.255.255:80, false",
        "5, fred, 192.0.2.9:1, [::1]:80, false",
        "5, fred, 192.0.2.9:1, [::]:80, false",
        "5, fred, 192.0.2.9:1, [fe80::1]:80, false",
        "5, fred, 192.0.2.9:1, [::ffff:127.0.0.1]:80, false",
        "5, fred, 192.0.2.9:1, [2001:db8::1]:80, true"
    })
    void carefulRulesKeepStrangersOutAndTheMachineToItself(
            int version, String user, String client, String target, boolean allowed) {
        SocksRequest request =
                new SocksRequest(version, SocksCommand.CONNECT, Sockaddr.parse(client), user, "host", 80);
        assertThat(SocksRules.CAREFUL.allows(request, Sockaddr.parse(target))).isEqualTo(allowed);
    }

    @Test
    void aPasswordIsAskedForAndChecked() throws Exception {
        fixture.reactor.run(() -> fixture.proxy.authenticator((credentials, client) -> {
            Deferred<Boolean> later = new Deferred<>();
            fixture.reactor
                    .reactor()
                    .callLater(
                            Duration.ofMillis(1),
                            () -> later.callback(credentials.equals(new SocksCredentials("fred", "secret"))));
            return later;
        }));
        try (Socket client = fixture.connect()) {
            send(
                    client,
                    "05020002" + "0104" + name("fred") + "06" + name("secret") + "05010001" + LOCALHOST
                            + hex(fixture.echoPort) + name("early"));
            assertThat(receive(client, 14)).startsWith("0502" + "0100" + "0500");
            assertThat(receive(client, 5)).isEqualTo(name("early"));
        }
        for (String wrong : List.of("0104" + name("fred") + "05" + name("wrong"), "01000" + "0")) {
            try (Socket client = fixture.connect()) {
                send(client, "050102" + wrong);
                assertThat(receive(client, 4)).isEqualTo("0502" + "0101");
                assertClosed(client);
            }
        }
        try (Socket client = fixture.connect()) {
            send(client, "050100");
            assertThat(receive(client, 2)).isEqualTo("05ff");
            assertClosed(client);
        }
        try (Socket client = fixture.connect()) {
            send(client, "0401" + hex(fixture.echoPort) + LOCALHOST + name("fred") + "00");
            assertThat(receive(client, 8)).isEqualTo(NOBODY_4);
            assertClosed(client);
        }
    }

    // BIND.

    @Test
    void somebodyWhoIsExpectedComes() throws Exception {
        for (String request : List.of("0402" + "0000" + LOCALHOST + "00", "0402" + "0000" + "00000000" + "00")) {
            try (Socket client = fixture.connect()) {
                send(client, request);
                String bound = receive(client, 8);
                assertThat(bound).startsWith("005a").endsWith(LOCALHOST);
                try (Socket peer = new Socket(LOOPBACK, Integer.parseInt(bound.substring(4, 8), 16))) {
                    assertThat(receive(client, 8)).isEqualTo("005a" + hex(peer.getLocalPort()) + LOCALHOST);
                    send(peer, "cafe");
                    assertThat(receive(client, 2)).isEqualTo("cafe");
                    send(client, "beef");
                    assertThat(receive(peer, 2)).isEqualTo("beef");
                }
                assertClosed(client);
            }
        }
    }

    @Test
    void somebodyElseComes() throws Exception {
        try (Socket client = fixture.connect()) {
            send(client, "050100" + "05020001" + "c0000201" + "0000");
            String bound = receive(client, 12);
            assertThat(bound).startsWith("0500" + "05000001" + LOCALHOST);
            try (Socket peer = new Socket(LOOPBACK, Integer.parseInt(bound.substring(20), 16))) {
                assertThat(receive(client, 10)).isEqualTo("0502" + NOBODY_5);
                assertClosed(client);
                assertClosed(peer);
            }
        }
    }

    @Test
    void nobodyComesAndTheClientGoes() throws Exception {
        int port;
        try (Socket client = fixture.connect()) {
            send(client, "0402" + "0000" + LOCALHOST + "00");
            port = Integer.parseInt(receive(client, 8).substring(4, 8), 16);
        }
        Eventually.eventually().until(() -> {
            try (Socket late = new Socket(LOOPBACK, port)) {
                return late.getInputStream().read() < -1;
            } catch (IOException refused) {
                return true;
            }
        });
    }

    @Test
    void nobodyComesInTime() throws Exception {
        fixture.reactor.run(() -> fixture.proxy.bindTimeout(Duration.ofMillis(50)));
        try (Socket client = fixture.connect()) {
            send(client, "0402" + "0000" + LOCALHOST + "00");
            assertThat(receive(client, 16)).startsWith("005a").endsWith(NOBODY_4);
            assertClosed(client);
        }
    }

    // UDP ASSOCIATE.

    @Test
    void datagramsPassBothWaysAndFromThoseAloneWhoWereSentTo() throws Exception {
        try (Socket client = fixture.connect();
                DatagramSocket here = new DatagramSocket(0, LOOPBACK);
                DatagramSocket host = new DatagramSocket(0, LOOPBACK);
                DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
            here.setSoTimeout(10_000);
            host.setSoTimeout(10_000);
            send(client, "050100" + "05030001" + "00000000" + "0000");
            String reply = receive(client, 12);
            assertThat(reply).startsWith("0500" + "05000001" + LOCALHOST);
            InetSocketAddress relay = new InetSocketAddress(LOOPBACK, Integer.parseInt(reply.substring(20), 16));

            String to = "01" + LOCALHOST + hex(host.getLocalPort());
            tell(here, relay, "000001" + to + "dead"); // a piece: dropped
            tell(here, relay, "0000"); // nothing: dropped
            tell(here, relay, "000000" + "01" + "00000000" + hex(host.getLocalPort()) + "dead"); // nobody
            tell(here, relay, "000000" + to + "cafe");
            DatagramPacket got = hear(host);
            assertThat(hexOf(got)).isEqualTo("cafe");
            tell(other, relay, "000000" + to + "dead"); // of another port than the client's: dropped
            tell(host, (InetSocketAddress) got.getSocketAddress(), "beef");
            assertThat(hexOf(hear(here))).isEqualTo("000000" + to + "beef");

            tell(here, relay, "000000" + "0309" + name("localhost") + hex(host.getLocalPort()) + "f00d");
            assertThat(hexOf(hear(host))).isEqualTo("f00d");
            client.shutdownOutput();
            Eventually.eventually().until(() -> {
                DatagramSocket probe = new DatagramSocket(null);
                try (probe) {
                    probe.bind(relay);
                    return true;
                } catch (IOException inUse) {
                    return false;
                }
            });
        }
    }

    private static void tell(DatagramSocket from, InetSocketAddress to, String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket hear(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        at.receive(packet);
        return packet;
    }

    private static String hexOf(DatagramPacket packet) {
        return HexFormat.of().formatHex(packet.getData(), 0, packet.getLength());
    }

    @Test
    void datagramsHaveTheirRules() throws Exception {
        fixture.reactor.run(
                () -> fixture.proxy.rules((request, target) -> request.command() != SocksCommand.UDP_ASSOCIATE));
        try (Socket client = fixture.connect()) {
            send(client, "050100" + "05030001" + "00000000" + "0000");
            assertThat(receive(client, 12)).isEqualTo("0500" + "0502" + NOBODY_5);
        }
    }

    // Messages.

    @Test
    void aMessageIsReadToItsEndAndNotBeyond() throws Exception {
        byte[] request = HexFormat.of().parseHex("040100507f00000166726564" + "00");
        ByteBuffer data = ByteBuffer.wrap(Arrays.copyOf(request, request.length + 3));
        assertThat(new MessageReader().read(data, SocksMessages::first)).isEqualTo(request);
        assertThat(data.remaining()).isEqualTo(3);
        assertThat(SocksMessages.request(request)).isEqualTo(new SocksMessages.Request(4, 1, "127.0.0.1", 80, "fred"));
    }

    @Test
    void aProtocolIsMadeForEachClient() {
        Protocol one = fixture.proxy.buildProtocol(null);
        assertThat(fixture.proxy.buildProtocol(null)).isNotSameAs(one);
    }
}
