package dev.hawser.reactor.testing;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.reactor.time.TimerQueue;
import java.time.Duration;
import java.util.List;

/**
 * Time that stands still until a test moves it.
 *
 * <p>{@link #advance} is what a reactor does that was busy for so long: the time is the later one when the first call is made. Calls that are
 * asked for meanwhile, and are due, are made as well. To have each call made at its time, go in small steps: {@link #pump}.
 *
 * <h2>Threading</h2>
 * For the test's thread.
 *
 * <h2>Errors</h2>
 * What a call throws comes out of {@link #advance}, so that the test fails; the other calls stay as they are.
 *
 * {@snippet file="dev/hawser/reactor/testing/TestingSnippetsTest.java" region="clock"}
 */
public final class Clock implements ReactorTime {

    private final TimerQueue timers = new TimerQueue(this::nanoTime);
    private long nowNanos;

    /** Its time begins at 0. */
    public Clock() {}

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
        return timers.add(delay, call);
    }

    /**
     * Moves the time on, and makes the calls that are due.
     *
     * @param amount how far; zero makes the calls that are due now
     * @throws IllegalArgumentException if the amount is negative
     */
    public void advance(Duration amount) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("time does not go back by " + amount);
        }
        nowNanos += amount.toNanos();
        TimerQueue.Timer due;
        while ((due = timers.takeDue(nowNanos, Long.MAX_VALUE)) != null) {
            due.call().run();
        }
    }

    /**
     * Moves the time on in steps.
     *
     * @param amounts how far, each time
     */
    public void pump(Iterable<Duration> amounts) {
        amounts.forEach(this::advance);
    }

    /**
     * Moves the time on in steps of one length.
     *
     * @param amount how far, each time
     * @param times how many steps
     */
    public void pump(Duration amount, int times) {
        for (int i = 0; i < times; i++) {
            advance(amount);
        }
    }

    /**
     * The calls that are still to be made, the next one first.
     *
     * @return a list of this moment
     */
    public List<DelayedCall> delayedCalls() {
        return timers.pending();
    }
}
