package dev.hawser.reactor.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.ManualClock;
import dev.hawser.reactor.defer.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopingCallTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final List<Object> made = new ArrayList<>();
    private final LoopingCall looping = LoopingCall.of(clock, () -> made.add(clock.nanoTime() / 1_000_000));

    @Test
    void itCallsAtOnceAndThenAtEveryInterval() {
        List<Object> ended = Outcomes.of(looping.start(SECOND));
        clock.advance(SECOND);
        clock.advance(SECOND);
        assertThat(made).containsExactly(0L, 1000L, 2000L);
        assertThat(ended).isEmpty();
        looping.stop();
        assertThat(ended).containsExactly(looping);
        assertThat(clock.pending()).isZero();
        assertThat(looping.isRunning()).isFalse();
    }

    @Test
    void itMayStartAfterAnInterval() {
        looping.start(SECOND, false);
        assertThat(made).isEmpty();
        clock.advance(SECOND);
        assertThat(made).containsExactly(1000L);
    }

    @Test
    void aLateCallDoesNotPutOffTheNextAndMissedOnesAreLeftOut() {
        looping.start(SECOND);
        clock.advanceSeconds(1.3);
        clock.advanceSeconds(0.7);
        clock.advanceSeconds(2.6);
        clock.advanceSeconds(0.4);
        assertThat(made).containsExactly(0L, 1300L, 2000L, 4600L, 5000L);
    }

    @Test
    void anIntervalOfZeroIsEveryTurn() {
        looping.start(Duration.ZERO);
        clock.turn();
        clock.turn();
        assertThat(made).hasSize(3);
    }

    @Test
    void resetBeginsTheIntervalAnew() {
        looping.start(SECOND);
        clock.advanceSeconds(0.5);
        looping.reset();
        clock.advanceSeconds(0.9);
        assertThat(made).containsExactly(0L);
        clock.advanceSeconds(0.1);
        assertThat(made).containsExactly(0L, 1500L);
    }

    @Test
    void itMayStopItselfInTheFirstCall() {
        LoopingCall[] self = new LoopingCall[1];
        self[0] = LoopingCall.of(clock, () -> self[0].stop());
        assertThat(Outcomes.now(self[0].start(SECOND))).isSameAs(self[0]);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void stoppingBeforeADelayedStartEndsIt() {
        Deferred<LoopingCall> ended = looping.start(SECOND, false);
        looping.stop();
        clock.advance(SECOND);
        assertThat(made).isEmpty();
        assertThat(Outcomes.now(ended)).isSameAs(looping);
    }

    @Test
    void whatACallThrowsEndsIt() {
        RuntimeException broken = new RuntimeException("broken");
        LoopingCall failing = LoopingCall.of(clock, () -> {
            throw broken;
        });
        assertThat(Outcomes.now(failing.start(SECOND))).isSameAs(broken);
        assertThat(failing.isRunning()).isFalse();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void theDeferredOfACallIsWaitedFor() {
        List<Deferred<Object>> works = new ArrayList<>();
        LoopingCall waiting = LoopingCall.composing(clock, () -> {
            works.add(new Deferred<>());
            return works.getLast();
        });
        List<Object> ended = Outcomes.of(waiting.start(SECOND));
        clock.advanceSeconds(3.5);
        assertThat(works).hasSize(1);
        works.getFirst().callback(1);
        clock.advanceSeconds(0.5);
        assertThat(works).hasSize(2);
        waiting.stop();
        assertThat(ended).isEmpty();
        works.getLast().callback(2);
        assertThat(ended).containsExactly(waiting);
    }

    @Test
    void theFailureOfACallsDeferredEndsIt() {
        Exception broken = new Exception("broken");
        Deferred<Object> work = new Deferred<>();
        List<Object> ended =
                Outcomes.of(LoopingCall.composing(clock, () -> work).start(SECOND));
        work.errback(broken);
        assertThat(ended).containsExactly(broken);
    }

    @Test
    void aFailureAfterStopIsTold() {
        Exception broken = new Exception("broken");
        Deferred<Object> work = new Deferred<>();
        LoopingCall waiting = LoopingCall.composing(clock, () -> work);
        List<Object> ended = Outcomes.of(waiting.start(SECOND));
        waiting.stop();
        work.errback(broken);
        assertThat(ended).containsExactly(broken);
    }

    @Test
    void aCountTellsHowManyIntervalsHavePassed() {
        LoopingCall counting = LoopingCall.withCount(clock, count -> {
            made.add(count);
            return null;
        });
        counting.start(SECOND);
        clock.advanceSeconds(1);
        clock.advanceSeconds(3.5);
        clock.advanceSeconds(0.5);
        assertThat(made).containsExactly(1L, 1L, 3L, 1L);
    }

    @Test
    void aCountOfADelayedStartBeginsWithOne() {
        LoopingCall counting = LoopingCall.withCount(clock, count -> {
            made.add(count);
            return null;
        });
        counting.start(SECOND, false);
        clock.advanceSeconds(1);
        assertThat(made).containsExactly(1L);
    }

    @Test
    void aCountOfNoIntervalIsOne() {
        LoopingCall counting = LoopingCall.withCount(clock, count -> {
            made.add(count);
            return null;
        });
        counting.start(Duration.ZERO);
        clock.advanceSeconds(5);
        assertThat(made).containsExactly(1L, 1L);
    }

    @Test
    void aCountMakesUpForTheTimeThatACallTook() {
        List<Deferred<Object>> works = new ArrayList<>();
        LoopingCall counting = LoopingCall.withCount(clock, count -> {
            made.add(count);
            works.add(new Deferred<>());
            return works.getLast();
        });
        counting.start(SECOND);
        clock.advanceSeconds(3.2);
        works.getFirst().callback(1);
        clock.advanceSeconds(0.8);
        assertThat(made).containsExactly(1L, 4L);
    }

    @Test
    void cancellingWhatStartReturnedStopsIt() {
        Deferred<LoopingCall> ended = looping.start(SECOND);
        ended.cancel();
        assertThat(looping.isRunning()).isFalse();
        assertThat(Outcomes.now(ended)).isSameAs(looping);
    }

    @Test
    void misuseIsRefused() {
        assertThatThrownBy(looping::stop).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(looping::reset).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> looping.start(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        looping.start(SECOND);
        assertThatThrownBy(() -> looping.start(SECOND)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCountGoesOnAfterReset() {
        LoopingCall counting = LoopingCall.withCount(clock, intervals -> {
            made.add(intervals);
            return null;
        });
        counting.start(SECOND);
        clock.advance(SECOND);
        clock.advance(SECOND);
        clock.advanceSeconds(0.5);
        counting.reset();
        clock.advance(SECOND);
        clock.advance(SECOND);
        assertThat(made).containsExactly(1L, 1L, 1L, 1L, 1L);
    }

    /** Else there would be two rows of calls, and nobody would be told of the end of the first. */
    @Test
    void aStartWhileItsLastCallIsUnderWayIsRefused() {
        Deferred<Object> waited = new Deferred<>();
        LoopingCall composing = LoopingCall.composing(clock, () -> waited);
        List<Object> ended = Outcomes.of(composing.start(SECOND));
        composing.stop();
        assertThatThrownBy(() -> composing.start(SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("under way");
        waited.callback(1);
        assertThat(ended).containsExactly(composing);
        composing.start(SECOND);
        assertThat(composing.isRunning()).isTrue();
    }

    @Test
    void whoIsToldOfTheEndMayStartItAgain() {
        looping.start(SECOND).finish(ended -> ended.start(SECOND, false), made::add);
        looping.stop();
        clock.advance(SECOND);
        assertThat(made).containsExactly(0L, 1000L);
    }
}
