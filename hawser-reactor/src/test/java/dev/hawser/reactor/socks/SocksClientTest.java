package dev.hawser.reactor.socks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side, against bytes. */
class SocksClientTest {

    private static final SocksCredentials FRED = new SocksCredentials("fred", "secret");

    private final MemoryReactor reactor = new MemoryReactor();
    private final StringTransport transport = new StringTransport().withReactor(reactor);
    private final AccumulatingProtocol inner = new AccumulatingProtocol();
    private final List<@Nullable Sockaddr> built = new ArrayList<>();
    private final List<Protocol> connected = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    private SocksClientProtocol connect(SocksVersion version, @Nullable SocksCredentials who, String host) {
        return begin(SocksClientProtocol.connect(version, who, host, 80, this::build));
    }

    private SocksClientProtocol begin(SocksClientProtocol client) {
        client.whenConnected().finish(connected::add, failed::add);
        transport.connect(client);
        return client;
    }

    private Protocol build(@Nullable Sockaddr address) {
        built.add(address);
        return inner;
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }

    private void receive(String hex) {
        transport.receive(HexFormat.of().parseHex(hex));
    }

    private void assertSent(String hex) {
        assertThat(HexFormat.of().formatHex(transport.value())).isEqualTo(hex);
        transport.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "V4, 127.0.0.1, 040100507f00000100",
        "V4A, 127.0.0.1, 040100507f00000100",
        "V4A, ab, 0401005000000001006162" + "00",
        "V4A, ::1, 0401005000000001003a3a31" + "00"
    })
    void versionFourAsksAtOnce(SocksVersion version, String host, String request) {
        connect(version, null, host);
        assertSent(request);
        receive("005a" + "0000" + "00000000" + "6869");
        assertThat(connected).containsExactly(inner);
        assertThat(inner.text()).isEqualTo("hi");
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void versionFourNamesItsUser() {
        connect(SocksVersion.V4, FRED, "127.0.0.1");
        assertSent("040100507f000001" + "66726564" + "00");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 017f000001", "ab, 03026162", "::1, 0400000000000000000000000000000001"})
    void versionFiveAsksWhenItMay(String host, String address) {
        connect(SocksVersion.V5, null, host);
        assertSent("050100");
        receive("0500");
        assertSent("050100" + address + "0050");
        receive("05000001" + "7f000001" + "1234" + "6869");
        assertThat(inner.text()).isEqualTo("hi");
        assertThat(built).hasSize(1);
    }

    @Test
    void thePasswordIsToldWhereItIsWanted() {
        connect(SocksVersion.V5, FRED, "127.0.0.1");
        assertSent("05020002");
        receive("0502");
        assertSent("0104" + "66726564" + "06" + "736563726574");
        receive("0100");
        assertSent("05010001" + "7f000001" + "0050");
    }

    @Test
    void aProxyWithoutPasswordsIsFine() {
        connect(SocksVersion.V5, FRED, "127.0.0.1");
        transport.clear();
        receive("0500");
        assertSent("05010001" + "7f000001" + "0050");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0500" + "05000003" + "02" + "6162" + "1234",
                "0500" + "05000004" + "00000000000000000000000000000001" + "1234",
                "0500" + "05000001" + "7f000001" + "1234"
            })
    void whateverThePiecesNothingIsLost(String reply) {
        connect(SocksVersion.V5, null, "127.0.0.1");
        transport.receiveByteByByte(text(reply) + "hello");
        assertThat(inner.text()).isEqualTo("hello");
        assertThat(built).containsExactly(SockaddrIn.of("127.0.0.1", 80));
    }

    @ParameterizedTest
    @CsvSource({
        "0500" + "05050001" + "00000000" + "0000, 5, the connection was refused",
        "0500" + "05020001" + "00000000" + "0000, 2, rules do not allow",
        "0500" + "05630001" + "00000000" + "0000, 99, SOCKS reply 99",
        "05ff, 2, wants a password",
        "0502, 2, not offered",
        "48545450, 1, does not speak SOCKS: version 72",
        "0500" + "04, 1, does not speak SOCKS",
        "0500" + "0500000900, 8, unknown type 9"
    })
    void aProxyThatRefusesOrBabblesIsTold(String answer, int code, String message) {
        connect(SocksVersion.V5, null, "127.0.0.1");
        receive(answer);
        assertThat(failed).singleElement().isInstanceOfSatisfying(SocksException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(message);
        });
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
        assertThat(built).isEmpty();
    }

    @Test
    void aWrongPasswordIsTold() {
        connect(SocksVersion.V5, FRED, "127.0.0.1");
        receive("0502" + "0101");
        assertThat(failed).singleElement().isInstanceOf(SocksException.class);
    }

    @Test
    void versionFoursRefusalIsTold() {
        connect(SocksVersion.V4, null, "127.0.0.1");
        receive("005b000000000000");
        assertThat(failed)
                .singleElement()
                .isInstanceOfSatisfying(
                        SocksException.class, e -> assertThat(e.code()).isEqualTo(91));
    }

    @Test
    void aProxyThatEndsIsTold() {
        connect(SocksVersion.V4, null, "127.0.0.1");
        transport.receiveEnd();
        transport.runTurn();
        assertThat(failed).singleElement().isInstanceOf(ConnectionLost.class);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void aProxyHasItsTime() {
        begin(SocksClientProtocol.connect(SocksVersion.V5, null, "ab", 80, this::build)
                .timeout(Duration.ofSeconds(3)));
        reactor.advance(Duration.ofMillis(2_999));
        assertThat(failed).isEmpty();
        reactor.advance(Duration.ofMillis(1));
        assertThat(failed)
                .singleElement()
                .isInstanceOfSatisfying(
                        SocksException.class, e -> assertThat(e.code()).isEqualTo(6));
    }

    @Test
    void cancellingClosesTheConnection() {
        SocksClientProtocol client = connect(SocksVersion.V5, null, "ab");
        client.whenConnected().cancel();
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
        assertThat(failed).singleElement().isInstanceOf(CancelledException.class);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void bindTellsWhereAndThenWho() {
        List<Sockaddr> bound = new ArrayList<>();
        SocksClientProtocol client =
                begin(SocksClientProtocol.bind(SocksVersion.V5, null, "192.0.2.1", 80, this::build));
        client.whenBound().finish(bound::add, failed::add);
        receive("0500");
        transport.clear();
        receive("05000001" + "7f000001" + "1234");
        assertThat(bound).containsExactly(SockaddrIn.of("127.0.0.1", 0x1234));
        assertThat(connected).isEmpty();
        reactor.advance(Duration.ofHours(1));
        receive("05000001" + "c0000201" + "4321" + "6869");
        assertThat(built).containsExactly(SockaddrIn.of("192.0.2.1", 0x4321));
        assertThat(inner.text()).isEqualTo("hi");
    }

    @Test
    void whatCannotBeAskedForIsRefusedBefore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SocksClientEndpoint(
                        SocksFixture.endpoint(reactor, 1), SocksVersion.V4, null, "example.org", 80))
                .withMessageContaining("V4A or V5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocksClientProtocol.connect(SocksVersion.V5, null, "a b", 80, this::build));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocksClientProtocol.connect(SocksVersion.V5, null, "", 80, this::build));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocksClientProtocol.connect(SocksVersion.V5, null, "a", 65536, this::build));
        assertThatIllegalArgumentException().isThrownBy(() -> new SocksCredentials("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new SocksCredentials("x".repeat(256), "x"));
        assertThat(new SocksCredentials("x".repeat(255), "x")).asString().doesNotContain("password");
    }
}
