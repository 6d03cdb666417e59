package dev.hawser.reactor.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.haproxy.HaProxyFactory.Expectation;
import dev.hawser.reactor.protocols.AddressPrefix;
import dev.hawser.reactor.protocols.TimeoutFactory;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.StringTransport;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaProxyFactoryTest {

    private static final Sockaddr HOST = SockaddrIn.of("127.0.0.1", 80);
    private static final Sockaddr PROXY = SockaddrIn.of("10.0.0.1", 40000);
    private static final Sockaddr CLIENT = SockaddrIn.of("192.0.2.1", 8080);
    private static final Sockaddr SERVICE = SockaddrIn.of("192.0.2.2", 8888);
    private static final String LINE = "PROXY TCP4 192.0.2.1 192.0.2.2 8080 8888\r\n";

    private final MemoryReactor reactor = new MemoryReactor();
    private final StringTransport transport = new StringTransport(HOST, PROXY).withReactor(reactor);
    private final List<@Nullable Sockaddr> built = new ArrayList<>();
    private final List<AccumulatingProtocol> made = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final HaProxyFactory factory =
            new HaProxyFactory(this::build).onRefused((peer, reason) -> refused.add(peer + " " + reason.getMessage()));

    private Protocol build(@Nullable Sockaddr address) {
        built.add(address);
        made.add(new AccumulatingProtocol());
        return made.getLast();
    }

    private void connect() {
        Protocol protocol = factory.buildProtocol(PROXY);
        assertThat(protocol).isNotNull();
        transport.connect(protocol);
    }

    private AccumulatingProtocol inner() {
        assertThat(made).hasSize(1);
        return made.getFirst();
    }

    @Test
    void theProtocolHasTheAddressesOfTheHeader() {
        connect();
        assertThat(made).isEmpty();
        transport.receive(LINE);
        assertThat(built).containsExactly(CLIENT);
        assertThat(inner().isMade()).isTrue();
        assertThat(inner().transport().getPeer()).isEqualTo(CLIENT);
        assertThat(inner().transport().getHost()).isEqualTo(SERVICE);
        assertThat(inner().data()).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void theHeaderIsToBeHad() {
        ProxyHeader header = ProxyHeader.of(2, SockaddrUn.of("/a"), SockaddrUn.of("/b"))
                .with(ProxyTlv.of(ProxyTlv.AUTHORITY, "example.org"));
        connect();
        transport.receive(header.encode());
        assertThat(ProxyHeader.of(inner().transport())).isEqualTo(header);
        assertThat(inner().transport().getPeer()).isEqualTo(SockaddrUn.of("/a"));
        assertThat(ProxyHeader.of(transport)).isNull();
    }

    @Test
    void theHeaderIsToBeHadUnderOtherLayers() {
        Protocol protocol =
                new HaProxyFactory(new TimeoutFactory(reactor, this::build, null, null)).buildProtocol(PROXY);
        transport.connect(protocol);
        transport.receive(LINE);
        assertThat(ProxyHeader.of(inner().transport())).isEqualTo(ProxyHeader.of(1, CLIENT, SERVICE));
        assertThat(inner().transport().getPeer()).isEqualTo(CLIENT);
    }

    @Test
    void policiesMayBeOutside() {
        Protocol protocol = new TimeoutFactory(reactor, factory, null, null).buildProtocol(PROXY);
        transport.connect(protocol);
        transport.receive(LINE + "hello");
        assertThat(inner().transport().getPeer()).isEqualTo(CLIENT);
        assertThat(inner().text()).isEqualTo("hello");
    }

    @Test
    void whatFollowsTheHeaderIsReceivedWhole() {
        String all = LINE + "GET / HTTP/1.1\r\n\r\n";
        for (int cut = 1; cut < all.length(); cut++) {
            made.clear();
            StringTransport each = new StringTransport(HOST, PROXY).withReactor(reactor);
            each.connect(factory.buildProtocol(PROXY));
            each.receive(all.substring(0, cut));
            each.receive(all.substring(cut));
            each.receive("more");
            assertThat(inner().text()).isEqualTo("GET / HTTP/1.1\r\n\r\nmore");
        }
    }

    @Test
    void whatFollowsAHeaderThatComesByteByByteIsReceived() {
        connect();
        transport.receiveByteByByte(LINE + "hello");
        assertThat(inner().text()).isEqualTo("hello");
        assertThat(inner().transport().getPeer()).isEqualTo(CLIENT);
    }

    @Test
    void theProtocolWritesAndCloses() {
        connect();
        transport.receive(LINE);
        inner().transport().write("answer".getBytes(UTF_8));
        assertThat(transport.text()).isEqualTo("answer");
        inner().transport().loseConnection();
        assertThat(transport.isDisconnecting()).isTrue();
    }

    @Test
    void theEndIsTold() {
        connect();
        transport.receive(LINE + "hello");
        transport.receiveEnd();
        assertThat(inner().hasReadEnded()).isTrue();
        transport.runTurn();
        assertThat(inner().lost()).isNotNull();
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTPROXY anything can go here\r\n",
                "PROXY TCP4 1.1.1.1\r\n2.2.2.2 8080\r\n",
                "\0\r\n\r\n\0\r\nQUIT\n",
                "\u0016\u0003\u0001"
            })
    void aConnectionWithoutAGoodHeaderIsClosed(String beginning) {
        connect();
        transport.receive(beginning);
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
        assertThat(made).isEmpty();
        assertThat(refused).hasSize(1).first().asString().startsWith("10.0.0.1:40000 ");
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void theLoggerIsToldWhereNobodyElseIs() {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor.haproxy")) {
            transport.connect(new HaProxyFactory(this::build).buildProtocol(PROXY));
            transport.receive("GET");
            assertThat(log.messages()).singleElement().asString().contains("10.0.0.1:40000", "does not begin");
        }
    }

    @Test
    void aConnectionThatEndsBeforeItsHeaderIsNone() {
        connect();
        transport.receiveEnd();
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
        assertThat(made).isEmpty();
        assertThat(refused).isEmpty();
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void aHeaderHasItsTime() {
        connect();
        transport.receive("PROXY ");
        reactor.advance(Duration.ofMillis(4999));
        assertThat(transport.isConnected()).isTrue();
        reactor.advance(Duration.ofMillis(1));
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
        assertThat(refused).singleElement().asString().contains("PT5S");
    }

    @Test
    void theTimeIsForTheHeaderAlone() {
        factory.timeout(Duration.ofSeconds(2));
        connect();
        reactor.advance(Duration.ofMillis(1999));
        transport.receive(LINE);
        reactor.advance(Duration.ofHours(1));
        assertThat(transport.isConnected()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> factory.timeout(Duration.ZERO));
    }

    @Test
    void theLengthHasItsLimit() {
        factory.maxHeaderBytes(20);
        connect();
        transport.receive(ProxyHeader.local(2).with(ProxyTlv.noop(17)).encode());
        assertThat(made).hasSize(1);
        connectAnother();
        assertThat(made).hasSize(1);
        assertThat(refused).singleElement().asString().contains("21 bytes, and 20 are allowed");
    }

    private void connectAnother() {
        StringTransport other = new StringTransport(HOST, PROXY).withReactor(reactor);
        other.connect(factory.buildProtocol(PROXY));
        other.receive(ProxyHeader.local(2).with(ProxyTlv.noop(18)).encode());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theProxysOwnConnectionsHaveTheirRealAddresses(int version) {
        connect();
        transport.receive(ProxyHeader.local(version).encode());
        assertThat(built).containsExactly(PROXY);
        assertThat(inner().transport().getPeer()).isEqualTo(PROXY);
        assertThat(inner().transport().getHost()).isEqualTo(HOST);
        assertThat(ProxyHeader.of(inner().transport())).isEqualTo(ProxyHeader.local(version));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theProxysOwnConnectionsMayBeServedApart(int version) {
        List<@Nullable Sockaddr> checks = new ArrayList<>();
        factory.localConnections(address -> {
            checks.add(address);
            return null;
        });
        connect();
        transport.receive(ProxyHeader.local(version).encode());
        transport.runTurn();
        assertThat(made).isEmpty();
        assertThat(checks).containsExactly(PROXY);
        assertThat(transport.isConnected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aHeaderThatTellsOfItsOwnConnectionIsTheProxysOwn(int version) {
        factory.localConnections(address -> null);
        connect();
        transport.receive(ProxyHeader.of(version, PROXY, HOST).encode());
        transport.runTurn();
        assertThat(made).isEmpty();
        assertThat(transport.isConnected()).isFalse();
    }

    @Test
    void aConnectionOfAnUnknownKindHasItsRealAddresses() {
        factory.localConnections(address -> null);
        connect();
        transport.receive(ProxyHeader.of(2, null, null).encode());
        assertThat(inner().transport().getPeer()).isEqualTo(PROXY);
    }

    @Test
    void aFactoryThatRefusesIsObeyed() {
        transport.connect(new HaProxyFactory(address -> null).buildProtocol(PROXY));
        transport.receive(LINE + "hello");
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
    }

    @Test
    void othersThanTrustedOnesAreRefusedOrTakenForClients() {
        List<AddressPrefix> proxies = List.of(AddressPrefix.parse("10.0.0.0/8"), AddressPrefix.parse("fd00::/8"));
        factory.trust(proxies, Expectation.REFUSED);
        assertThat(factory.buildProtocol(CLIENT)).isNull();
        assertThat(factory.buildProtocol(null)).isNull();
        assertThat(factory.buildProtocol(SockaddrIn6.of("::ffff:10.0.0.1", 1))).isInstanceOf(HeaderReader.class);
        assertThat(factory.buildProtocol(SockaddrIn6.of("fd00::1", 1))).isInstanceOf(HeaderReader.class);
        assertThat(refused).hasSize(2);
        assertThat(made).isEmpty();

        factory.trust(proxies, Expectation.NO_HEADER);
        transport.connect(factory.buildProtocol(CLIENT));
        transport.receive(LINE);
        assertThat(inner().text()).isEqualTo(LINE);
        assertThat(inner().transport().getPeer()).isEqualTo(PROXY); // the transport's, not the header's
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.0\r\n\r\n", "P", "PROX!", "PROXY TCP4 what\r\nrest", "\r\n\r\n\0\r\nQUIX"})
    void whereAHeaderIsOptionalWhateverElseComesIsTheProtocols(String beginning) {
        factory.expect(address -> Expectation.MAYBE_HEADER);
        for (int cut = 0; cut <= beginning.length(); cut++) {
            made.clear();
            StringTransport each = new StringTransport(HOST, PROXY).withReactor(reactor);
            each.connect(factory.buildProtocol(PROXY));
            if (cut > 0) {
                each.receive(beginning.substring(0, cut));
            }
            if (cut < beginning.length()) {
                each.receive(beginning.substring(cut));
            }
            each.receiveEnd();
            assertThat(inner().text()).isEqualTo(beginning);
            assertThat(inner().hasReadEnded()).isTrue();
            assertThat(inner().transport().getPeer()).isEqualTo(PROXY);
            assertThat(ProxyHeader.of(inner().transport())).isNull();
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void whereAHeaderIsOptionalItCounts() {
        factory.expect(address -> Expectation.MAYBE_HEADER);
        connect();
        transport.receive(LINE + "hello");
        assertThat(inner().transport().getPeer()).isEqualTo(CLIENT);
        assertThat(inner().text()).isEqualTo("hello");
    }

    @Test
    void whereAHeaderIsOptionalASilentPeerGetsItsProtocol() {
        factory.expect(address -> Expectation.MAYBE_HEADER);
        connect();
        transport.receive("PRO");
        reactor.advance(Duration.ofSeconds(5));
        assertThat(inner().text()).isEqualTo("PRO");
        transport.receive("XY");
        assertThat(inner().text()).isEqualTo("PROXY");
    }

    @Test
    void theFactoriesInsideAreStartedAndStopped() {
        List<String> calls = new ArrayList<>();
        class Told implements dev.hawser.reactor.Factory {
            private final String name;

            Told(String name) {
                this.name = name;
            }

            @Override
            public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
                return null;
            }

            @Override
            public void doStart() {
                calls.add(name + " starts");
            }

            @Override
            public void doStop() {
                calls.add(name + " stops");
            }
        }

        HaProxyFactory outer = new HaProxyFactory(new Told("server"));
        outer.doStart();
        outer.doStop();
        assertThat(calls).containsExactly("server starts", "server stops");
        outer.localConnections(new Told("checks"));
        outer.doStart();
        assertThat(calls).endsWith("server starts", "checks starts");
    }

    // The client's side.

    @Test
    void aClientSaysItsHeaderFirst() {
        AccumulatingProtocol client = new AccumulatingProtocol() {
            @Override
            public void connectionMade() {
                super.connectionMade();
                transport().write("hello".getBytes(UTF_8));
            }
        };
        transport.connect(
                new HaProxyClientFactory(address -> client, ProxyHeader.of(1, CLIENT, SERVICE)).buildProtocol(PROXY));
        assertThat(transport.text()).isEqualTo(LINE + "hello");
        transport.receive("answer");
        assertThat(client.text()).isEqualTo("answer");
    }

    @Test
    void aClientTellsOfTheConnectionThatItIsFor() throws Exception {
        StringTransport front = new StringTransport(SERVICE, CLIENT);
        transport.connect(new HaProxyClientFactory(this::build, made -> ProxyHeader.of(2, front)).buildProtocol(PROXY));
        assertThat(new ProxyHeaderDecoder().decode(ByteBuffer.wrap(transport.value())))
                .isEqualTo(ProxyHeader.of(2, CLIENT, SERVICE));
    }

    @Test
    void aConnectionWithoutAHeaderIsClosedEvenIfWhoeverIsToldThrows() {
        factory.onRefused((peer, reason) -> {
            throw new IllegalStateException("as asked");
        });
        connect();
        assertThatIllegalStateException().isThrownBy(() -> reactor.advance(Duration.ofSeconds(6)));
        transport.runTurn();
        assertThat(transport.isConnected()).isFalse();
    }
}
