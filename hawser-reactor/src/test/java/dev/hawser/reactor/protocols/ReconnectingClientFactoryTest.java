package dev.hawser.reactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.Connector;
import dev.hawser.reactor.testing.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectingClientFactoryTest {

    /** A connector that counts. */
    static final class Attempts implements Connector {

        int connects;
        boolean connecting;
        boolean stopped;

        @Override
        public void connect() {
            connects++;
            connecting = true;
        }

        @Override
        public void disconnect() {}

        @Override
        public void stopConnecting() {
            if (!connecting) {
                throw new IllegalStateException("none goes on");
            }
            stopped = true;
        }

        @Override
        public String getDestination() {
            return "nowhere";
        }
    }

    private final Clock clock = new Clock();
    private final Attempts connector = new Attempts();

    private ReconnectingClientFactory factory(Backoff backoff) {
        return new ReconnectingClientFactory(clock, _ -> null, backoff, new Random(42));
    }

    private List<Duration> waits(ReconnectingClientFactory factory, int count) {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            factory.clientConnectionFailed(connector, new IOException("refused"));
            assertThat(FakeTransport.waits(clock)).hasSize(1);
            waits.add(FakeTransport.waits(clock).getFirst());
            clock.advance(waits.getLast());
            assertThat(connector.connects).isEqualTo(i + 1);
        }
        return waits;
    }

    @Test
    void eachWaitIsLongerByTheFactorUpToTheLongest() {
        Backoff backoff =
                Backoff.DEFAULT.withJitter(0).withFactor(2).withDelays(Duration.ofSeconds(1), Duration.ofSeconds(10));

        assertThat(waits(factory(backoff), 6))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void withTwistedsFiguresItTakesNineAttemptsToWaitForAnHour() {
        List<Duration> waits = waits(factory(Backoff.DEFAULT.withJitter(0)), 11);

        assertThat(waits.get(1)).isEqualTo(Duration.ofNanos((long) (Math.E * 1e9)));
        assertThat(waits.get(8)).isLessThan(Duration.ofHours(1));
        assertThat(waits.get(9)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void jitterIsAroundTheWaitAndTheSameForTheSameSeed() {
        List<Duration> first = waits(factory(Backoff.DEFAULT), 5);
        connector.connects = 0;
        assertThat(waits(factory(Backoff.DEFAULT), 5)).isEqualTo(first);
        double plain = 1;
        for (Duration wait : first) {
            assertThat(wait.toNanos() / 1e9).isBetween(plain * 0.4, plain * 1.6).isNotEqualTo(plain);
            plain *= Math.E;
        }
    }

    @Test
    void aLostConnectionIsMadeAgainToo() {
        ReconnectingClientFactory factory = factory(Backoff.DEFAULT);
        factory.clientConnectionLost(connector, FakeTransport.done());
        clock.advance(Duration.ofSeconds(3));

        assertThat(connector.connects).isEqualTo(1);
    }

    @Test
    void afterAResetTheFirstWaitIsTheFirstAgain() {
        ReconnectingClientFactory factory = factory(Backoff.DEFAULT.withJitter(0));
        waits(factory, 4);
        assertThat(factory.retries()).isEqualTo(4);
        factory.resetDelay();
        assertThat(factory.retries()).isZero();
        connector.connects = 0;
        assertThat(waits(factory, 1)).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void afterSoManyAttemptsItGivesUp() {
        ReconnectingClientFactory factory = factory(Backoff.DEFAULT.withMaxRetries(2));
        waits(factory, 2);
        factory.clientConnectionFailed(connector, new IOException("refused"));

        assertThat(FakeTransport.waits(clock)).isEmpty();
    }

    @Test
    void stopTryingEndsTheWait() {
        ReconnectingClientFactory factory = factory(Backoff.DEFAULT);
        factory.clientConnectionFailed(connector, new IOException("refused"));
        factory.stopTrying();
        assertThat(FakeTransport.waits(clock)).isEmpty();
        factory.clientConnectionLost(connector, FakeTransport.done());
        assertThat(FakeTransport.waits(clock)).isEmpty();

        factory.resetDelay();
        factory.clientConnectionLost(connector, FakeTransport.done());
        assertThat(FakeTransport.waits(clock)).hasSize(1);
    }

    @Test
    void stopTryingEndsTheAttemptThatGoesOn() {
        ReconnectingClientFactory factory = factory(Backoff.DEFAULT);
        factory.startedConnecting(connector);
        factory.stopTrying();
        assertThat(connector.stopped).isFalse();
        connector.connect();
        factory.stopTrying();
        assertThat(connector.stopped).isTrue();
    }

    @Test
    void figuresThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Backoff.DEFAULT.withFactor(0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.DEFAULT.withJitter(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.DEFAULT.withDelays(Duration.ofSeconds(-1), Duration.ZERO))
                .hasMessageContaining("PT-1S");
    }
}
