package dev.hawser.reactor.task;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Does long work step by step, some of each in turn, and leaves the reactor time for everything else between.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 */
public final class Cooperator {

    private static final Duration SLICE = Duration.ofMillis(10);

    private final ReactorTime clock;
    private final long sliceNanos;
    private final SequencedSet<CooperativeTask> tasks = new LinkedHashSet<>();
    private @Nullable DelayedCall next;
    private boolean started = true;
    private boolean stopped;

    /**
     * One that works for 10 ms in a turn.
     *
     * @param clock gives it turns
     */
    public Cooperator(ReactorTime clock) {
        this(clock, SLICE);
    }

    /**
     * One that is started.
     *
     * @param clock gives it turns
     * @param slice how long it works in a turn: at least one step, and no further one after this time
     */
    public Cooperator(ReactorTime clock, Duration slice) {
        this.clock = clock;
        this.sliceNanos = slice.toNanos();
    }

    /**
     * Begins with a work.
     *
     * @param steps does a step for each element; one that is a deferred is waited for; null: nothing to wait for
     * @return the task; after {@link #stop} it has ended already
     */
    public CooperativeTask cooperate(Iterator<? extends @Nullable Deferred<?>> steps) {
        return new CooperativeTask(steps, this);
    }

    /**
     * Does a work, where there is nothing to pause or stop.
     *
     * @param steps as of {@link #cooperate}
     * @return fires when it is done
     */
    public Deferred<CooperativeTask> coiterate(Iterator<? extends @Nullable Deferred<?>> steps) {
        return cooperate(steps).whenDone();
    }

    /** Goes on after {@link #stop}: with tasks that are added from now on. */
    public void start() {
        stopped = false;
        started = true;
        schedule();
    }

    /** Stops all tasks. */
    public void stop() {
        stopped = true;
        started = false;
        List.copyOf(tasks).forEach(CooperativeTask::refuse);
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /**
     * Whether it works.
     *
     * @return false after {@link #stop}
     */
    public boolean isRunning() {
        return started;
    }

    void add(CooperativeTask task) {
        tasks.add(task);
        if (stopped) {
            task.refuse();
        } else {
            schedule();
        }
    }

    void remove(CooperativeTask task) {
        tasks.remove(task);
        if (tasks.isEmpty() && next != null) {
            next.cancel();
            next = null;
        }
    }

    private void schedule() {
        if (next == null && !tasks.isEmpty()) {
            next = clock.callLater(Duration.ZERO, this::turn);
        }
    }

    private void turn() {
        next = null;
        long begin = clock.nanoTime();
        do {
            CooperativeTask task = tasks.removeFirst();
            tasks.addLast(task);
            task.step();
        } while (!tasks.isEmpty() && clock.nanoTime() - begin < sliceNanos);
        schedule();
    }
}
