package dev.hawser.reactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.Backoff;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryConnector;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.ProtocolPair;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a connect, in memory. */
class EndpointsOnMemoryTest {

    private final MemoryReactor reactor = new MemoryReactor();
    private final List<Protocol> made = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ClientEndpoint endpoint = TcpClientEndpoint.of(reactor, "localhost", 80);

    private Deferred<?> connect(Factory factory) {
        return endpoint.connect(factory).finish(made::add, failures::add);
    }

    private MemoryConnector connector() {
        return reactor.connectors().getLast();
    }

    @Test
    void theDeferredFiresWithTheProtocolWhenItHasItsConnection() {
        AccumulatingProtocol protocol = new AccumulatingProtocol();
        connect(address -> protocol);
        assertThat(made).isEmpty();

        ProtocolPair pair = connector().succeed(new AccumulatingProtocol());

        assertThat(made).containsExactly(protocol);
        assertThat(protocol.isMade()).isTrue();
        assertThat(pair.clientTransport().protocol()).isSameAs(protocol);
    }

    @Test
    void theProtocolHearsOfItsConnectionItself() {
        AccumulatingProtocol protocol = new AccumulatingProtocol();
        connect(address -> protocol);
        ProtocolPair pair = connector().succeed(new AccumulatingProtocol());
        pair.serverTransport().write(new byte[] {'h', 'i'});
        pair.serverTransport().loseConnection();
        reactor.flush();

        assertThat(protocol.text()).isEqualTo("hi");
        assertThat(protocol.lost()).isNotNull();
        assertThat(failures).isEmpty();
    }

    @Test
    void theDeferredFiresBeforeAnythingIsReceived() {
        List<String> order = new ArrayList<>();
        Endpoints.connectProtocol(endpoint, new Protocol() {
                    @Override
                    public void dataReceived(ByteBuffer data) {
                        order.add("data");
                    }
                })
                .finish(protocol -> order.add("connected"), failures::add);
        connector().succeed(new AccumulatingProtocol() {
            @Override
            public void connectionMade() {
                super.connectionMade();
                transport().write(new byte[] {'!'});
            }
        });
        reactor.flush();

        assertThat(order).containsExactly("connected", "data");
    }

    @Test
    void aFailureIsThatOfTheConnector() {
        ConnectException refused = new ConnectException("refused");
        connect(Factory.of(AccumulatingProtocol::new));
        connector().fail(refused);

        assertThat(failures).containsExactly(refused);
    }

    @Test
    void cancellingStopsTheConnector() {
        Deferred<?> connecting = connect(Factory.of(AccumulatingProtocol::new));
        connecting.cancel();

        assertThat(failures).singleElement().isInstanceOf(CancelledException.class);
        assertThat(connector().isConnecting()).isFalse();
    }

    @Test
    void whatBuildProtocolThrowsIsTheFailure() {
        IllegalStateException thrown = new IllegalStateException("no protocol today");
        connect(address -> {
            throw thrown;
        });
        connector().succeed(new AccumulatingProtocol());

        assertThat(failures).containsExactly(thrown);
    }

    /** Wants no connection. */
    private static Protocol thrower(RuntimeException thrown) {
        return new Protocol() {
            @Override
            public void connectionMade() {
                throw thrown;
            }

            @Override
            public void dataReceived(ByteBuffer data) {}
        };
    }

    @Test
    void whatConnectionMadeThrowsIsTheFailure() {
        IllegalStateException thrown = new IllegalStateException("not today");
        Protocol protocol = thrower(thrown);
        reactor.setHost("example", List.of(SockaddrIn.of("192.0.2.1", 0)));
        for (ClientEndpoint each : List.of(endpoint, HostnameEndpoint.of(reactor, "example", 80))) {
            failures.clear();
            each.connect(address -> protocol).finish(made::add, failures::add);
            connector().succeed(new AccumulatingProtocol());
            reactor.flush();

            assertThat(made).isEmpty();
            assertThat(failures).containsExactly(thrown);
            assertThat(protocol.isConnectionMade()).isFalse();
        }
    }

    @Test
    void aNameThatIsNoneIsTheFailure() {
        String none = "\u00e4".repeat(70);
        List.of(HostnameEndpoint.of(reactor, none, 80), TcpClientEndpoint.of(reactor, none, 80))
                .forEach(each ->
                        each.connect(address -> new AccumulatingProtocol()).finish(made::add, failures::add));
        TcpServerEndpoint.of(reactor, none, 80)
                .listen(address -> new AccumulatingProtocol())
                .finish(port -> {}, failures::add);

        assertThat(failures)
                .hasSize(3)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is no host name"));
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void anEndpointThatThrowsIsNotTriedAgain() {
        IllegalStateException thrown = new IllegalStateException("a mistake");
        List<Deferred<Protocol>> attempts = new ArrayList<>();
        ClientEndpoint under = factory -> {
            if (attempts.isEmpty()) {
                attempts.add(Deferred.fail(new ConnectException("refused")));
                return attempts.getFirst();
            }
            throw thrown;
        };
        Endpoints.retrying(under, reactor, Backoff.DEFAULT)
                .connect(Factory.of(AccumulatingProtocol::new))
                .finish(made::add, failures::add);
        reactor.advance(Duration.ofHours(1));

        assertThat(failures).containsExactly(thrown);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void whatConnectsAfterItWasCancelledIsClosed() {
        Deferred<Protocol> attempt = new Deferred<>(cancelled -> {
            connect(Factory.of(AccumulatingProtocol::new));
            connector().succeed(new AccumulatingProtocol());
            cancelled.callback(made.getFirst());
        });
        Deferred<?> connecting = Endpoints.retrying(factory -> attempt, reactor, Backoff.DEFAULT)
                .connect(Factory.of(AccumulatingProtocol::new))
                .finish(nobody -> {}, failures::add);
        connecting.cancel();
        reactor.flush();

        assertThat(failures).singleElement().isInstanceOf(CancelledException.class);
        assertThat(((AccumulatingProtocol) made.getFirst()).lost()).isNotNull();
    }

    @Test
    void aFactoryThatMakesNoProtocolIsTheFailure() {
        connect(address -> null);
        connector().succeed(new AccumulatingProtocol());

        assertThat(failures).singleElement().isInstanceOf(ConnectionLost.class);
    }

    @Test
    void theFactoryIsToldOfItsUse() {
        List<String> calls = new ArrayList<>();
        connect(new Factory() {
            @Override
            public Protocol buildProtocol(Sockaddr address) {
                calls.add("build");
                return new AccumulatingProtocol();
            }

            @Override
            public void doStart() {
                calls.add("start");
            }

            @Override
            public void doStop() {
                calls.add("stop");
            }
        });
        connector().succeed(new AccumulatingProtocol()).breakConnection();

        assertThat(calls).containsExactly("start", "build", "stop");
    }

    @Test
    void oneEndpointConnectsAsOftenAsItIsAsked() {
        connect(Factory.of(AccumulatingProtocol::new));
        connect(Factory.of(AccumulatingProtocol::new));
        reactor.connectors().forEach(each -> each.succeed(new AccumulatingProtocol()));

        assertThat(made).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void retriesWaitLongerEachTimeAndThenFailWithAll() {
        Backoff backoff = Backoff.DEFAULT
                .withDelays(Duration.ofSeconds(1), Duration.ofSeconds(3))
                .withFactor(2)
                .withJitter(0)
                .withMaxRetries(3);
        Endpoints.retrying(endpoint, reactor, backoff)
                .connect(Factory.of(AccumulatingProtocol::new))
                .finish(made::add, failures::add);

        for (int seconds : new int[] {1, 2, 3}) {
            connector().fail(new ConnectException("refused"));
            int before = reactor.connectors().size();
            reactor.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(reactor.connectors()).hasSize(before);
            reactor.advance(Duration.ofNanos(1));
            assertThat(reactor.connectors()).hasSize(before + 1);
        }
        assertThat(failures).isEmpty();
        connector().fail(new ConnectException("refused for good"));

        assertThat(failures).singleElement().asString().contains("refused for good");
        assertThat(failures.getFirst().getSuppressed())
                .singleElement()
                .satisfies(before -> assertThat(before.getSuppressed()).isEmpty());
    }

    @Test
    void aMistakeIsNotTriedAgain() {
        Endpoints.retrying(endpoint, reactor, Backoff.DEFAULT)
                .connect(address -> {
                    throw new IllegalStateException("a mistake");
                })
                .finish(made::add, failures::add);
        connector().succeed(new AccumulatingProtocol());

        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void cancellingEndsTheWaitForARetry() {
        Deferred<?> connecting = Endpoints.retrying(endpoint, reactor, Backoff.DEFAULT)
                .connect(Factory.of(AccumulatingProtocol::new))
                .finish(made::add, failures::add);
        connector().fail(new ConnectException("refused"));
        connecting.cancel();

        assertThat(failures).singleElement().isInstanceOf(CancelledException.class);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void cancellingEndsTheAttemptOfARetry() {
        Deferred<?> connecting = Endpoints.retrying(endpoint, reactor, Backoff.DEFAULT)
                .connect(Factory.of(AccumulatingProtocol::new))
                .finish(made::add, failures::add);
        connecting.cancel();

        assertThat(failures).singleElement().isInstanceOf(CancelledException.class);
        assertThat(connector().isConnecting()).isFalse();
    }
}
