package dev.hawser.reactor.protocols;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit in time that begins anew whenever something happens: what Twisted calls {@code TimeoutMixin}, to be had as a field.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="idle"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. {@link #resetTimeout} notes the time, and moves no timer, so it may be called for every message.
 *
 * <h2>Errors</h2>
 * None of its own; what the call throws is the reactor's to report.
 *
 * <p>Source: {@code twisted.protocols.policies.TimeoutMixin}.
 */
public final class IdleTimeout {

    private final ReactorTime clock;
    private final Runnable timedOut;

    private @Nullable Duration period;
    private @Nullable DelayedCall call;
    private long sinceNanos;

    /**
     * No limit yet.
     *
     * @param clock tells the time: a reactor, in tests a clock
     * @param timedOut what to call when the time is up; once for each {@link #setTimeout}
     */
    public IdleTimeout(ReactorTime clock, Runnable timedOut) {
        this.clock = clock;
        this.timedOut = timedOut;
    }

    /**
     * Sets the limit, which begins now.
     *
     * @param timeout how long nothing may happen; null: for ever
     * @return the limit before
     * @throws IllegalArgumentException if it is negative
     */
    public @Nullable Duration setTimeout(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout + "; null is none");
        }
        Duration before = period;
        period = timeout;
        if (call != null) {
            call.cancel();
            call = null;
        }
        resetTimeout();
        if (timeout != null) {
            call = clock.callLater(timeout, this::look);
        }
        return before;
    }

    /** Something has happened: the time begins anew. Does nothing where there is no limit, or it was reached. */
    public void resetTimeout() {
        sinceNanos = clock.nanoTime();
    }

    private void look() {
        call = null;
        Duration limit = period;
        if (limit == null) {
            return;
        }
        long leftNanos = limit.toNanos() - (clock.nanoTime() - sinceNanos);
        if (leftNanos > 0) {
            call = clock.callLater(Duration.ofNanos(leftNanos), this::look);
        } else {
            timedOut.run();
        }
    }
}
