package dev.hawser.reactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryConnector;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The race of RFC 8305, on a clock of the test's own. */
class HappyEyeballsTest {

    private static final Sockaddr SIX_A = SockaddrIn6.of("2001:db8::a", 0);
    private static final Sockaddr SIX_B = SockaddrIn6.of("2001:db8::b", 0);
    private static final Sockaddr FOUR_A = SockaddrIn.of("192.0.2.1", 0);
    private static final Sockaddr FOUR_B = SockaddrIn.of("192.0.2.2", 0);

    private final MemoryReactor reactor = new MemoryReactor();
    private final List<Protocol> made = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final CountingFactory factory = new CountingFactory();

    private static final class CountingFactory implements Factory {
        private int built;

        @Override
        public Protocol buildProtocol(Sockaddr address) {
            built++;
            return new AccumulatingProtocol();
        }
    }

    private Deferred<?> connect(String host) {
        return Endpoints.client(reactor, "host:" + host + ":80")
                .connect(factory)
                .finish(made::add, failures::add);
    }

    private void connectTo(Sockaddr... addresses) {
        reactor.setHost("example", List.of(addresses));
        connect("example");
    }

    private List<String> destinations() {
        return reactor.connectors().stream()
                .map(MemoryConnector::getDestination)
                .toList();
    }

    private void advance(int millis) {
        reactor.advance(Duration.ofMillis(millis));
    }

    private MemoryConnector attempt(int index) {
        return reactor.connectors().get(index);
    }

    @Test
    void familiesTakeTurnsAQuarterOfASecondApart() {
        connectTo(FOUR_A, FOUR_B, SIX_A, SIX_B);

        assertThat(destinations()).containsExactly("[2001:db8::a]:80");
        advance(249);
        assertThat(destinations()).hasSize(1);
        advance(1);
        assertThat(destinations()).hasSize(2);
        advance(250);
        advance(250);
        assertThat(destinations())
                .containsExactly("[2001:db8::a]:80", "192.0.2.1:80", "[2001:db8::b]:80", "192.0.2.2:80");
    }

    @Test
    void theFirstThatSucceedsWinsAndTheOthersAreClosed() {
        connectTo(SIX_A, FOUR_A, FOUR_B);
        advance(250);
        attempt(1).succeed(new AccumulatingProtocol());
        advance(1000);

        assertThat(made).hasSize(1);
        assertThat(made.getFirst().transport().isConnected()).isTrue();
        assertThat(attempt(0).isConnecting()).isFalse();
        assertThat(destinations()).hasSize(2);
        assertThat(factory.built).isEqualTo(1);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void aConnectionWhoseFactoryCancelsIsClosed() {
        reactor.setHost("example", List.of(SIX_A));
        List<Deferred<?>> connecting = new ArrayList<>();
        AccumulatingProtocol protocol = new AccumulatingProtocol();
        connecting.add(Endpoints.client(reactor, "host:example:80").connect(address -> {
            connecting.getFirst().cancel();
            return protocol;
        }));
        connecting.getFirst().finish(ignored -> {}, failures::add);
        attempt(0).succeed(new AccumulatingProtocol());
        reactor.flush();

        assertThat(failures).hasSize(1);
        assertThat(protocol.transport().isConnected()).isFalse();
    }

    @Test
    void aFailureStartsTheNextAttemptAtOnce() {
        connectTo(SIX_A, FOUR_A, FOUR_B);
        attempt(0).fail(new ConnectException("refused"));

        assertThat(destinations()).containsExactly("[2001:db8::a]:80", "192.0.2.1:80");
        advance(249);
        assertThat(destinations()).hasSize(2);
        advance(1);
        assertThat(destinations()).hasSize(3);
    }

    @Test
    void anAttemptThatIsSlowMayStillWin() {
        connectTo(SIX_A, FOUR_A);
        advance(250);
        attempt(1).fail(new ConnectException("refused"));
        advance(5000);
        attempt(0).succeed(new AccumulatingProtocol());

        assertThat(made).hasSize(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void whereAllFailAllAreToldWithTheirAddresses() {
        connectTo(SIX_A, FOUR_A);
        IOException six = new ConnectException("six: refused");
        IOException four = new ConnectException("four: unreachable");
        attempt(0).fail(six);
        attempt(1).fail(four);

        assertThat(failures).singleElement().isInstanceOf(ConnectException.class);
        assertThat(failures.getFirst())
                .hasMessageContaining("connect example:80")
                .hasMessageContaining("[2001:db8::a]:80")
                .hasMessageContaining("192.0.2.1:80")
                .hasMessageContaining("six: refused");
        assertThat(failures.getFirst().getSuppressed()).containsExactly(six, four);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void theOnlyAddressFailsWithItsOwnFailure() {
        ConnectException refused = new ConnectException("refused");
        connect("192.0.2.1");
        attempt(0).fail(refused);

        assertThat(failures).containsExactly(refused);
    }

    @Test
    void aHostThatHasOnlyOneFamilyIsNoFailure() {
        connectTo(FOUR_A);

        assertThat(destinations()).containsExactly("192.0.2.1:80");
        attempt(0).succeed(new AccumulatingProtocol());
        assertThat(made).hasSize(1);
    }

    @Test
    void aHostThatIsUnknownFailsWithItsLookUp() {
        connect("nowhere");

        assertThat(failures).singleElement().isInstanceOf(UnknownHostException.class);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
    }

    @Test
    void cancellingEndsAllAttempts() {
        reactor.setHost("example", List.of(SIX_A, FOUR_A, FOUR_B));
        Deferred<?> connecting = connect("example");
        advance(250);
        connecting.cancel();

        assertThat(failures).singleElement().isInstanceOf(CancelledException.class);
        assertThat(reactor.connectors()).hasSize(2).noneMatch(MemoryConnector::isConnecting);
        assertThat(reactor.clock().delayedCalls()).isEmpty();
        assertThat(factory.built).isZero();
    }

    @Test
    void theTimeoutIsThatOfAllAttemptsTogether() {
        connectTo(SIX_A, FOUR_A);
        advance(29_999);
        assertThat(failures).isEmpty();
        advance(1);

        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        ConnectionLost.class,
                        late -> assertThat(late.reason()).isEqualTo(ConnectionLost.Reason.TIMED_OUT));
        assertThat(failures.getFirst()).hasMessageContaining("[2001:db8::a]:80, 192.0.2.1:80");
        assertThat(reactor.connectors()).noneMatch(MemoryConnector::isConnecting);
    }

    @Test
    void aFactoryThatRefusesIsTheFailure() {
        reactor.setHost("example", List.of(SIX_A));
        Endpoints.client(reactor, "host:example:80").connect(address -> null).finish(made::add, failures::add);
        attempt(0).succeed(new AccumulatingProtocol());

        assertThat(failures).singleElement().asString().contains("refused the connection");
    }

    @Test
    void whatIsKnownTwiceIsTriedOnce() {
        connectTo(FOUR_A, FOUR_A, FOUR_B);
        advance(1000);

        assertThat(destinations()).containsExactly("192.0.2.1:80", "192.0.2.2:80");
    }

    @Test
    void ipv4WaitsAMomentForIpv6() {
        SlowResolver slow = new SlowResolver();
        new HostnameEndpoint(slow.over(reactor), "example", 80, ConnectOptions.DEFAULT, HostnameEndpoint.ATTEMPT_DELAY)
                .connect(factory)
                .finish(made::add, failures::add);

        slow.answer(FOUR_A);
        advance(49);
        assertThat(destinations()).isEmpty();
        slow.answer(SIX_A);
        assertThat(destinations()).containsExactly("[2001:db8::a]:80");
        advance(250);
        assertThat(destinations()).containsExactly("[2001:db8::a]:80", "192.0.2.1:80");
    }

    @Test
    void ipv6ThatIsKnownTooLateJoinsTheRace() {
        SlowResolver slow = new SlowResolver();
        HostnameEndpoint.of(slow.over(reactor), "example", 80).connect(factory).finish(made::add, failures::add);

        slow.answer(FOUR_A, FOUR_B);
        advance(50);
        assertThat(destinations()).containsExactly("192.0.2.1:80");
        slow.answer(SIX_A);
        advance(250);
        assertThat(destinations()).containsExactly("192.0.2.1:80", "[2001:db8::a]:80");
    }

    @Test
    void ipv6ThatFailsIsNotWaitedFor() {
        SlowResolver slow = new SlowResolver();
        HostnameEndpoint.of(slow.over(reactor), "example", 80).connect(factory).finish(made::add, failures::add);

        slow.answer(FOUR_A);
        slow.failIpv6(new UnknownHostException("no IPv6"));

        assertThat(destinations()).containsExactly("192.0.2.1:80");
    }

    @Test
    void aLookUpThatAnswersLateFindsTheConnectionMade() {
        SlowResolver slow = new SlowResolver();
        HostnameEndpoint.of(slow.over(reactor), "example", 80).connect(factory).finish(made::add, failures::add);

        slow.answer(FOUR_A);
        advance(50);
        attempt(0).succeed(new AccumulatingProtocol());

        assertThat(made).hasSize(1);
        assertThat(slow.isCancelled()).isTrue();
        assertThat(reactor.connectors()).hasSize(1);
    }
}
