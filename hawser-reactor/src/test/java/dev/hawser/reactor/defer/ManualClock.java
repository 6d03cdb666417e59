package dev.hawser.reactor.defer;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.reactor.time.TimerQueue;
import java.time.Duration;

/** A clock that a test moves. */
public final class ManualClock implements ReactorTime {
    private final TimerQueue queue = new TimerQueue(this::nanoTime);
    private long now;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
        return queue.add(delay, call);
    }

    /** Moves on, and makes what is due by then. */
    public void advance(Duration time) {
        now += time.toNanos();
        long mark = queue.mark();
        for (TimerQueue.Timer due = queue.takeDue(now, mark); due != null; due = queue.takeDue(now, mark)) {
            due.call().run();
        }
    }

    /** One turn, in which no time passes. */
    public void turn() {
        advance(Duration.ZERO);
    }

    public void advanceSeconds(double seconds) {
        advance(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    public int pending() {
        return queue.size();
    }
}
