package dev.hawser.reactor.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.testing.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimerServiceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clock clock = new Clock();
    private final List<String> calls = new ArrayList<>();

    @Test
    void itCallsAtOnceAndThenAtEveryInterval() {
        TimerService timer = TimerService.of(clock, SECOND, () -> calls.add("call"));
        assertThat(timer.isRunning()).isFalse();
        timer.startService();
        assertThat(timer.isRunning()).isTrue();
        assertThat(calls).hasSize(1);
        clock.advance(SECOND);
        clock.advance(SECOND);
        assertThat(calls).hasSize(3);
    }

    @Test
    void itStopsAtOnceAndCanBeStartedAgain() {
        TimerService timer = TimerService.of(clock, SECOND, () -> calls.add("call"));
        timer.startService();
        assertThat(timer.stopService().isCalled()).isTrue();
        assertThat(timer.isRunning()).isFalse();
        clock.advance(SECOND);
        assertThat(calls).hasSize(1);
        timer.startService();
        clock.advance(SECOND);
        assertThat(calls).hasSize(3);
    }

    @Test
    void stoppingWaitsForTheCallThatIsUnderWay() {
        Deferred<@Nullable Void> done = new Deferred<>();
        TimerService timer = TimerService.composing(clock, SECOND, () -> done);
        timer.startService();
        Deferred<@Nullable Void> stopped = timer.stopService();
        assertThat(stopped.isCalled()).isFalse();
        done.callback(null);
        assertThat(stopped.isCalled()).isTrue();
    }

    @Test
    void whatACallThrowsEndsTheCallsAndNotTheService() {
        TimerService timer = TimerService.of(clock, SECOND, () -> {
            calls.add("call");
            throw new IllegalStateException("for the log");
        });
        timer.startService();
        clock.advance(SECOND);
        assertThat(calls).hasSize(1);
        assertThat(timer.isRunning()).isTrue();
        assertThat(timer.stopService().isCalled()).isTrue();
    }

    @Test
    void stoppingBeforeTheStartIsNoMatter() {
        assertThat(TimerService.of(clock, SECOND, () -> {}).stopService().isCalled())
                .isTrue();
    }

    @Test
    void aNegativeIntervalIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TimerService.of(clock, SECOND.negated(), () -> {}));
    }
}
