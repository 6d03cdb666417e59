package dev.hawser.reactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.testing.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleTimeoutTest {

    private static final Duration THREE = Duration.ofSeconds(3);

    private final Clock clock = new Clock();
    private int timedOut;
    private final IdleTimeout timeout = new IdleTimeout(clock, () -> timedOut++);

    private void advance(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void itIsCalledOnceWhenTheTimeIsUp() {
        timeout.setTimeout(THREE);
        advance(2);
        assertThat(timedOut).isZero();
        advance(1);
        assertThat(timedOut).isEqualTo(1);
        advance(100);
        assertThat(timedOut).isEqualTo(1);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void withoutATimeoutItIsNeverCalled() {
        timeout.resetTimeout();
        advance(100_000);
        assertThat(timedOut).isZero();
    }

    @Test
    void whatHappensBeginsTheTimeAnewAndMovesNoTimer() {
        timeout.setTimeout(THREE);
        for (int i = 0; i < 10; i++) {
            advance(2);
            timeout.resetTimeout();
            assertThat(clock.delayedCalls()).hasSize(1);
        }
        assertThat(timedOut).isZero();
        advance(3);
        assertThat(timedOut).isEqualTo(1);
    }

    @Test
    void itIsCancelledChangedAndSetAgain() {
        assertThat(timeout.setTimeout(THREE)).isNull();
        assertThat(timeout.setTimeout(null)).isEqualTo(THREE);
        advance(10);
        assertThat(timedOut).isZero();

        timeout.setTimeout(THREE);
        assertThat(timeout.setTimeout(Duration.ofSeconds(30))).isEqualTo(THREE);
        advance(29);
        assertThat(timedOut).isZero();
        advance(1);
        assertThat(timedOut).isEqualTo(1);
        timeout.setTimeout(null);
        timeout.setTimeout(THREE);
        advance(3);
        assertThat(timedOut).isEqualTo(2);
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatThrownBy(() -> timeout.setTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
