package dev.hawser.reactor.application;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.task.LoopingCall;
import dev.hawser.reactor.time.ReactorTime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls something at once and then again and again, as long as it runs.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A call that returns a deferred is waited for by the next one, and by {@link #stopService}.
 *
 * <h2>Errors</h2>
 * What a call throws is reported to the logger {@code dev.hawser.reactor}, and ends the calls until the service is started again.
 *
 * <p>Source: {@code twisted.application.internet.TimerService}.
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="timer"}
 */
public final class TimerService implements Service {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    private final Duration interval;
    private final Supplier<LoopingCall> loops;
    private @Nullable LoopingCall loop;
    private Deferred<@Nullable Void> ended = Deferred.succeed(null);
    private boolean running;

    private TimerService(Duration interval, Supplier<LoopingCall> loops) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("an interval of " + interval + "; give zero or more");
        }
        this.interval = interval;
        this.loops = loops;
    }

    /**
     * Of a call that is done when it returns.
     *
     * @param clock tells when: the reactor
     * @param interval the time from one call to the next
     * @param call what to call
     * @return a service that is not started
     * @throws IllegalArgumentException if the interval is negative
     */
    public static TimerService of(ReactorTime clock, Duration interval, Runnable call) {
        return new TimerService(interval, () -> LoopingCall.of(clock, call));
    }

    /**
     * Of a call whose deferred is waited for.
     *
     * @param clock tells when: the reactor
     * @param interval the time from one call to the next
     * @param call what to call; null: nothing to wait for
     * @return a service that is not started
     * @throws IllegalArgumentException if the interval is negative
     */
    public static TimerService composing(
            ReactorTime clock, Duration interval, Callable<? extends @Nullable Deferred<?>> call) {
        return new TimerService(interval, () -> LoopingCall.composing(clock, call));
    }

    @Override
    public void startService() {
        if (running) {
            return;
        }
        running = true;
        LoopingCall begun = loops.get();
        loop = begun;
        ended = begun.start(interval)
                .finish(
                        stopped -> {},
                        failure -> LOG.log(Level.ERROR, "a timer has thrown, and is called no more", failure));
    }

    /**
     * Ends the calls.
     *
     * @return fires when the call that is under way has ended
     */
    @Override
    public Deferred<@Nullable Void> stopService() {
        running = false;
        LoopingCall begun = loop;
        loop = null;
        if (begun != null && begun.isRunning()) {
            begun.stop();
        }
        Deferred<@Nullable Void> told = new Deferred<>();
        ended.addBoth(end -> told.callback(null));
        return told;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
