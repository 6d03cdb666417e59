package dev.hawser.reactor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.reactor.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clock clock = new Clock();
    private final List<String> made = new ArrayList<>();

    @Test
    void timeStandsStillUntilItIsMoved() {
        assertThat(clock.nanoTime()).isZero();
        clock.advance(SECOND);
        assertThat(clock.nanoTime()).isEqualTo(SECOND.toNanos());
    }

    @Test
    void aCallIsMadeWhenItsTimeHasComeAndNotBefore() {
        DelayedCall call = clock.callLater(SECOND, () -> made.add("call"));

        clock.advance(SECOND.minusNanos(1));
        assertThat(made).isEmpty();
        assertThat(call.isActive()).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(made).containsExactly("call");
        assertThat(call.isActive()).isFalse();
    }

    @Test
    void callsAreMadeInTheOrderOfTheirTimesAndThoseOfOneTimeAsTheyWereAskedFor() {
        clock.callLater(SECOND.multipliedBy(2), () -> made.add("late"));
        clock.callLater(SECOND, () -> made.add("first"));
        clock.callLater(SECOND, () -> made.add("second"));

        clock.advance(SECOND.multipliedBy(3));

        assertThat(made).containsExactly("first", "second", "late");
    }

    @Test
    void aCallThatIsAskedForInACallIsMadeToo() {
        clock.callLater(SECOND, () -> clock.callLater(Duration.ZERO, () -> made.add("inner")));

        clock.advance(SECOND);

        assertThat(made).containsExactly("inner");
    }

    @Test
    void aCancelledCallIsNotMade() {
        DelayedCall call = clock.callLater(SECOND, () -> made.add("call"));

        call.cancel();
        clock.advance(SECOND);

        assertThat(made).isEmpty();
        assertThatIllegalStateException().isThrownBy(call::cancel);
        assertThatIllegalStateException().isThrownBy(() -> call.reset(SECOND));
        assertThatIllegalStateException().isThrownBy(() -> call.delay(SECOND));
    }

    @Test
    void resetCountsFromNowAndDelayFromTheTimeThatWas() {
        DelayedCall reset = clock.callLater(SECOND, () -> made.add("reset"));
        DelayedCall delayed = clock.callLater(SECOND, () -> made.add("delayed"));
        clock.advance(SECOND.dividedBy(2));

        reset.reset(SECOND);
        delayed.delay(SECOND);

        assertThat(reset.timeNanos()).isEqualTo(Duration.ofMillis(1500).toNanos());
        assertThat(delayed.timeNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(clock.delayedCalls()).containsExactly(reset, delayed);
        clock.pump(SECOND.dividedBy(2), 2);
        assertThat(made).containsExactly("reset");
        clock.pump(List.of(SECOND));
        assertThat(made).containsExactly("reset", "delayed");
    }

    @Test
    void whatACallThrowsFailsTheTestAndHarmsNoOtherCall() {
        clock.callLater(SECOND, () -> {
            throw new IllegalStateException("on purpose");
        });
        clock.callLater(SECOND, () -> made.add("next"));

        assertThatIllegalStateException()
                .isThrownBy(() -> clock.advance(SECOND))
                .withMessage("on purpose");
        clock.advance(Duration.ZERO);

        assertThat(made).containsExactly("next");
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(SECOND.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.callLater(SECOND.negated(), () -> {}));
    }
}
