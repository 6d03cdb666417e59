package dev.hawser.reactor.task;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Calls something again and again. The times are multiples of the interval from the start: a call that comes late does not put off those after it, and those
 * that it has missed are left out. A call that returns a deferred is waited for.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 *
 * <h2>Errors</h2>
 * What a call throws ends it, and is the failure of what {@link #start} returned.
 */
public final class LoopingCall {

    /** Is told how many intervals have passed since its last call: 1 if it is in time. */
    @FunctionalInterface
    public interface Counted {

        /**
         * Does the work of some intervals.
         *
         * @param intervals how many, 1 or more
         * @return waited for; null: nothing to wait for
         * @throws Exception ends the looping
         */
        @Nullable
        Deferred<?> call(long intervals) throws Exception;
    }

    private final ReactorTime clock;
    private final Callable<? extends @Nullable Deferred<?>> work;
    private long intervalNanos;
    private long startNanos;
    private @Nullable DelayedCall next;
    private @Nullable Deferred<LoopingCall> ended;
    private boolean running;

    private LoopingCall(ReactorTime clock, Callable<? extends @Nullable Deferred<?>> work) {
        this.clock = clock;
        this.work = work;
    }

    /**
     * Of a call that is done when it returns.
     *
     * @param clock tells when
     * @param call what to call
     * @return one that is not started
     */
    public static LoopingCall of(ReactorTime clock, Runnable call) {
        return new LoopingCall(clock, () -> {
            call.run();
            return null;
        });
    }

    /**
     * Of a call whose deferred is waited for.
     *
     * @param clock tells when
     * @param call what to call; null: nothing to wait for
     * @return one that is not started
     */
    public static LoopingCall composing(ReactorTime clock, Callable<? extends @Nullable Deferred<?>> call) {
        return new LoopingCall(clock, call);
    }

    /**
     * Of a call that is told how many intervals have passed since its last, so that it can make up for those that were left out.
     *
     * @param clock tells when
     * @param call what to call; not, if no interval has passed
     * @return one that is not started
     */
    public static LoopingCall withCount(ReactorTime clock, Counted call) {
        Counter counter = new Counter(call);
        LoopingCall looping = new LoopingCall(clock, counter);
        counter.looping = looping;
        return looping;
    }

    /**
     * Starts, with a call at once.
     *
     * @param interval the time from one call to the next; zero: in every turn
     * @return fires with this when it is stopped, or fails with what a call threw
     */
    public Deferred<LoopingCall> start(Duration interval) {
        return start(interval, true);
    }

    /**
     * Starts.
     *
     * @param interval the time from one call to the next; zero: in every turn
     * @param now whether the first call is at once; else it is after an interval
     * @return fires with this when it is stopped, or fails with what a call threw
     * @throws IllegalStateException if it runs, or was stopped during a call that is still under way
     */
    public Deferred<LoopingCall> start(Duration interval, boolean now) {
        if (running) {
            throw new IllegalStateException("a LoopingCall that runs cannot be started; stop it first");
        }
        if (ended != null) {
            throw new IllegalStateException(
                    "a LoopingCall whose last call is still under way; wait for what start() returned");
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("an interval of " + interval + "; give zero or more");
        }
        intervalNanos = interval.toNanos();
        startNanos = clock.nanoTime();
        running = true;
        Deferred<LoopingCall> result = new Deferred<>(cancelled -> stop());
        ended = result;
        if (work instanceof Counter counter) {
            counter.lastNanos = now ? startNanos - intervalNanos : startNanos;
        }
        if (now) {
            call();
        } else {
            schedule();
        }
        return result;
    }

    /**
     * Ends it: after the call that is under way, if one is waited for.
     *
     * @throws IllegalStateException if it does not run
     */
    public void stop() {
        requireRunning();
        running = false;
        if (unschedule()) {
            end();
        }
    }

    /**
     * Begins the interval anew: the next call is one interval from now.
     *
     * @throws IllegalStateException if it does not run
     */
    public void reset() {
        requireRunning();
        if (unschedule()) {
            startNanos = clock.nanoTime();
            schedule();
        }
    }

    /**
     * Whether it was started and has not ended.
     *
     * @return false after {@link #stop}, or when a call has failed
     */
    public boolean isRunning() {
        return running;
    }

    private void requireRunning() {
        if (!running) {
            throw new IllegalStateException("a LoopingCall that does not run; start it first");
        }
    }

    private boolean unschedule() {
        DelayedCall scheduled = next;
        if (scheduled == null) {
            return false;
        }
        scheduled.cancel();
        next = null;
        return true;
    }

    private void call() {
        next = null;
        Deferred.<@Nullable Object>compose(this::work).finish(done -> goOn(), this::fail);
    }

    private Deferred<? extends @Nullable Object> work() throws Exception {
        Deferred<?> waited = work.call();
        return waited == null ? Deferred.<@Nullable Object>succeed(null) : waited;
    }

    private void fail(Throwable failure) {
        running = false;
        Deferred<LoopingCall> result = take();
        if (!result.isCalled()) {
            result.errback(failure);
        }
    }

    private void goOn() {
        if (running) {
            schedule();
        } else {
            end();
        }
    }

    private void schedule() {
        next = clock.callLater(Duration.ofNanos(untilNext(clock.nanoTime())), this::call);
    }

    private long untilNext(long now) {
        return intervalNanos == 0 ? 0 : intervalNanos - Math.floorMod(now - startNanos, intervalNanos);
    }

    /** Of a time before a reset, those until the reset do not count in part. */
    private long intervalsUntil(long nanos) {
        return (nanos - startNanos) / intervalNanos;
    }

    private void end() {
        Deferred<LoopingCall> result = take();
        if (!result.isCalled()) {
            result.callback(this);
        }
    }

    private Deferred<LoopingCall> take() {
        Deferred<LoopingCall> result = Objects.requireNonNull(ended);
        ended = null;
        return result;
    }

    /** Counts the intervals that have passed. */
    private static final class Counter implements Callable<@Nullable Deferred<?>> {
        private final Counted call;
        private @Nullable LoopingCall looping;

        /** When it has last called; a call at the start counts as that of the interval before it. */
        private long lastNanos;

        Counter(Counted call) {
            this.call = call;
        }

        @Override
        public @Nullable Deferred<?> call() throws Exception {
            LoopingCall of = Objects.requireNonNull(looping);
            if (of.intervalNanos == 0) {
                return call.call(1);
            }
            long now = of.clock.nanoTime();
            long passed = of.intervalsUntil(now) - of.intervalsUntil(lastNanos);
            if (passed <= 0) {
                return null;
            }
            lastNanos = now;
            return call.call(passed);
        }
    }
}
