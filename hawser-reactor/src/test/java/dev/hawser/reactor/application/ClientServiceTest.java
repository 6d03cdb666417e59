package dev.hawser.reactor.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.protocols.Backoff;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.reactor.testing.ProtocolPair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client on a clock that the test moves, whose attempts the test answers. */
class ClientServiceTest {

    private final MemoryReactor reactor = new MemoryReactor();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Protocol> made = new ArrayList<>();
    private final ClientEndpoint endpoint = factory -> {
        Attempt attempt = new Attempt(factory);
        attempts.add(attempt);
        return attempt.result;
    };
    private final ClientService service = new ClientService(reactor, endpoint, address -> {
                Protocol protocol = new Echo();
                made.add(protocol);
                return protocol;
            })
            .retry(failures -> Duration.ofSeconds(failures));

    /** What the service asked of its endpoint. */
    private final class Attempt {

        private final Factory factory;
        private final List<String> cancelled = new ArrayList<>();
        private final Deferred<Protocol> result = new Deferred<>(deferred -> cancelled.add("cancelled"));
        private @Nullable ProtocolPair pair;

        Attempt(Factory factory) {
            this.factory = factory;
        }

        void succeed() {
            Protocol protocol = Objects.requireNonNull(factory.buildProtocol(null));
            pair = ProtocolPair.connect(protocol, new Echo(), reactor);
            result.callback(protocol);
        }

        void fail(String why) {
            result.errback(new IOException(why));
        }

        void lose() {
            Objects.requireNonNull(pair).breakConnection();
        }

        void pump() {
            Objects.requireNonNull(pair).flush();
        }
    }

    private Attempt last() {
        return attempts.getLast();
    }

    private static List<String> outcomes(Deferred<?> deferred) {
        List<String> outcomes = new ArrayList<>();
        Deferred<@Nullable Void> _ = deferred.finish(
                result ->
                        outcomes.add(result == null ? "done" : result.getClass().getSimpleName()),
                failure -> outcomes.add(
                        failure instanceof CancelledException ? "cancelled" : String.valueOf(failure.getMessage())));
        return outcomes;
    }

    @Test
    void itConnectsWhenItStartsAndTellsTheProtocol() {
        List<String> early = outcomes(service.whenConnected());
        service.startService();
        assertThat(attempts).hasSize(1);
        assertThat(early).isEmpty();
        last().succeed();
        assertThat(early).containsExactly("Echo");
        List<Protocol> told = new ArrayList<>();
        Deferred<@Nullable Void> _ = service.whenConnected().finish(told::add, failure -> {});
        assertThat(told).isEqualTo(made);
    }

    @Test
    void aSecondStartDoesNothing() {
        service.startService();
        service.startService();
        assertThat(attempts).hasSize(1);
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void whatFailsIsTriedAgainAfterAWhile() {
        service.startService();
        last().fail("no");
        assertThat(attempts).hasSize(1);
        reactor.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(2);
        last().fail("no");
        reactor.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(2);
        reactor.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(3);
    }

    @Test
    void aConnectionThatIsLostIsMadeAgainAndTheWaitIsTheFirstAgain() {
        service.startService();
        last().fail("no");
        reactor.advance(Duration.ofSeconds(1));
        last().succeed();
        last().lose();
        List<String> next = outcomes(service.whenConnected());
        reactor.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(3);
        last().succeed();
        assertThat(next).containsExactly("Echo");
    }

    @Test
    void whoeverIsImpatientIsToldOfTheFailureThatIsOneTooMany() {
        service.startService();
        List<String> patient = outcomes(service.whenConnected());
        List<String> two = outcomes(service.whenConnected(2));
        List<String> one = outcomes(service.whenConnected(1));
        last().fail("first");
        assertThat(one).containsExactly("first");
        assertThat(two).isEmpty();
        List<String> later = outcomes(service.whenConnected(1));
        reactor.advance(Duration.ofSeconds(1));
        last().fail("second");
        assertThat(two).containsExactly("second");
        assertThat(later).containsExactly("second");
        reactor.advance(Duration.ofSeconds(2));
        last().succeed();
        assertThat(patient).containsExactly("Echo");
    }

    @Test
    void stoppingClosesTheConnectionAndWaitsForItsEnd() {
        service.startService();
        last().succeed();
        List<String> stopped = outcomes(service.stopService());
        assertThat(service.isRunning()).isFalse();
        assertThat(stopped).isEmpty();
        last().pump();
        assertThat(stopped).containsExactly("done");
        reactor.advance(Duration.ofHours(1));
        assertThat(attempts).hasSize(1);
    }

    @Test
    void stoppingCancelsAnAttempt() {
        service.startService();
        List<String> wanted = outcomes(service.whenConnected());
        assertThat(outcomes(service.stopService())).containsExactly("done");
        assertThat(last().cancelled).hasSize(1);
        assertThat(wanted).containsExactly("cancelled");
        assertThat(outcomes(service.whenConnected())).containsExactly("cancelled");
    }

    @Test
    void aConnectionThatComesAfterItWasGivenUpIsRefused() {
        service.startService();
        Deferred<@Nullable Void> _ = service.stopService();
        assertThat(last().factory.buildProtocol(null)).isNull();
    }

    @Test
    void stoppingEndsTheWaitForTheNextAttempt() {
        service.startService();
        last().fail("no");
        List<String> wanted = outcomes(service.whenConnected());
        assertThat(outcomes(service.stopService())).containsExactly("done");
        assertThat(wanted).containsExactly("cancelled");
        reactor.advance(Duration.ofHours(1));
        assertThat(attempts).hasSize(1);
    }

    @Test
    void stoppingBeforeTheStartAndTwiceIsNoMatter() {
        assertThat(outcomes(service.stopService())).containsExactly("done");
        service.startService();
        last().succeed();
        List<String> one = outcomes(service.stopService());
        List<String> two = outcomes(service.stopService());
        last().pump();
        assertThat(one).containsExactly("done");
        assertThat(two).containsExactly("done");
        assertThat(outcomes(service.stopService())).containsExactly("done");
    }

    @Test
    void aStartWhileItStopsConnectsWhenTheConnectionHasEnded() {
        service.startService();
        last().succeed();
        List<String> stopped = outcomes(service.stopService());
        service.startService();
        List<String> wanted = outcomes(service.whenConnected());
        assertThat(attempts).hasSize(1);
        last().pump();
        assertThat(stopped).containsExactly("done");
        assertThat(attempts).hasSize(2);
        last().succeed();
        assertThat(wanted).containsExactly("Echo");
    }

    @Test
    void aStopAfterARestartStopsForGood() {
        service.startService();
        last().succeed();
        List<String> one = outcomes(service.stopService());
        service.startService();
        List<String> two = outcomes(service.stopService());
        last().pump();
        assertThat(one).containsExactly("done");
        assertThat(two).containsExactly("done");
        assertThat(attempts).hasSize(1);
    }

    @Test
    void itCanBeStartedAgainAfterItHasStopped() {
        service.startService();
        last().succeed();
        Deferred<@Nullable Void> _ = service.stopService();
        last().pump();
        service.startService();
        last().succeed();
        assertThat(outcomes(service.whenConnected())).containsExactly("Echo");
    }

    @Test
    void theEndOfTheProtocolComesBeforeTheEndOfTheService() {
        List<String> order = new ArrayList<>();
        ClientService told = new ClientService(reactor, endpoint, Factory.of(() -> new Echo() {
            @Override
            public void connectionLost(ConnectionLost reason) {
                order.add("protocol");
            }
        }));
        told.startService();
        last().succeed();
        Deferred<@Nullable Void> _ = told.stopService().addBoth(end -> order.add("service"));
        last().pump();
        assertThat(order).containsExactly("protocol", "service");
    }

    @Test
    void abortingDropsWhatDoesNotClose() {
        service.startService();
        last().succeed();
        List<String> stopped = outcomes(service.stopService());
        service.abortService();
        last().pump();
        assertThat(stopped).containsExactly("done");
    }

    @Test
    void aConnectionIsPreparedBeforeAnybodyGetsIt() {
        Deferred<@Nullable Void> ready = new Deferred<>();
        List<Protocol> prepared = new ArrayList<>();
        service.prepareConnection(protocol -> {
            assertThat(protocol.transport().isConnected()).isTrue();
            prepared.add(protocol);
            return ready;
        });
        service.startService();
        List<String> wanted = outcomes(service.whenConnected());
        last().succeed();
        assertThat(prepared).isEqualTo(made);
        assertThat(wanted).isEmpty();
        ready.callback(null);
        assertThat(wanted).containsExactly("Echo");
    }

    @Test
    void eachConnectionIsPrepared() {
        service.prepareConnection(protocol -> null);
        service.startService();
        last().succeed();
        last().lose();
        reactor.advance(Duration.ofSeconds(1));
        last().succeed();
        assertThat(outcomes(service.whenConnected())).containsExactly("Echo");
    }

    @Test
    void aPreparationThatFailsClosesTheConnectionAndCountsAsAFailure() {
        service.prepareConnection(protocol -> {
            throw new IOException("wrong password");
        });
        service.startService();
        List<String> wanted = outcomes(service.whenConnected(1));
        last().succeed();
        last().pump();
        assertThat(wanted).containsExactly("wrong password");
        reactor.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(2);
    }

    @Test
    void aConnectionThatIsLostWhileItIsPreparedIsMadeAgain() {
        List<String> cancelled = new ArrayList<>();
        service.prepareConnection(protocol -> new Deferred<>(deferred -> cancelled.add("cancelled")));
        service.startService();
        last().succeed();
        last().lose();
        assertThat(cancelled).hasSize(1);
        reactor.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(2);
    }

    @Test
    void aStopWhileAConnectionIsPreparedEndsBoth() {
        List<String> cancelled = new ArrayList<>();
        service.prepareConnection(protocol -> new Deferred<>(deferred -> cancelled.add("cancelled")));
        service.startService();
        last().succeed();
        List<String> stopped = outcomes(service.stopService());
        assertThat(cancelled).hasSize(1);
        last().pump();
        assertThat(stopped).containsExactly("done");
    }

    @Test
    void whoeverCancelsIsNotToldAndOthersAre() {
        service.startService();
        Deferred<Protocol> gone = service.whenConnected();
        List<String> told = outcomes(gone);
        List<String> other = outcomes(service.whenConnected());
        gone.cancel();
        last().succeed();
        assertThat(told).containsExactly("cancelled");
        assertThat(other).containsExactly("Echo");
    }

    @Test
    void waitsGetLongerUpToTheLongest() {
        RetryPolicy policy = RetryPolicy.of(
                Backoff.DEFAULT
                        .withDelays(Duration.ofSeconds(1), Duration.ofSeconds(5))
                        .withFactor(2)
                        .withJitter(0),
                new Random(1));
        assertThat(List.of(policy.delay(1), policy.delay(2), policy.delay(3), policy.delay(4)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 5L);
        assertThat(policy.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(RetryPolicy.DEFAULT.delay(1)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(RetryPolicy.DEFAULT.delay(1_000_000)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void misuseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.whenConnected(0))
                .withMessageContaining("1 failure or more");
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.DEFAULT.delay(0));
    }

    @Test
    void aRetryPolicyThatFailsDoesNotEndTheService() {
        ClientService unlucky = new ClientService(reactor, endpoint, Factory.of(Echo::new)).retry(failures -> {
            if (failures == 1) {
                throw new IllegalStateException("no idea");
            }
            return Duration.ofSeconds(-1);
        });
        unlucky.startService();
        for (int i = 1; i <= 2; i++) {
            last().fail("down");
            reactor.advance(Duration.ofMinutes(1));
            assertThat(attempts).hasSize(i + 1);
        }
    }
}
