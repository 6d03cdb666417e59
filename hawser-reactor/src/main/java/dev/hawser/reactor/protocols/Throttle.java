package dev.hawser.reactor.protocols;

import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit of bytes per second: what has passed is counted as the time that it should have taken. A second's worth may pass at once.
 */
final class Throttle {

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final ReactorTime clock;
    private final long bytesPerSecond;
    private final Runnable changed;

    /** When all that has passed would have passed at the rate. */
    private long doneAtNanos;

    private @Nullable DelayedCall release;

    /**
     * A limit.
     *
     * @param bytesPerSecond the rate; 0: none
     * @param changed called when {@link #isHeld} has changed
     */
    Throttle(ReactorTime clock, long bytesPerSecond, Runnable changed) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("a rate is not negative: " + bytesPerSecond + "; 0 is no limit");
        }
        this.clock = clock;
        this.bytesPerSecond = bytesPerSecond;
        this.changed = changed;
        this.doneAtNanos = clock.nanoTime() - SECOND_NANOS;
    }

    boolean isHeld() {
        return release != null;
    }

    void passed(long bytes) {
        if (bytesPerSecond == 0) {
            return;
        }
        long earliest = clock.nanoTime() - SECOND_NANOS;
        if (doneAtNanos - earliest < 0) {
            doneAtNanos = earliest;
        }
        doneAtNanos += (long) ((double) bytes * SECOND_NANOS / bytesPerSecond);
        if (release == null && hold()) {
            changed.run();
        }
    }

    /** Nobody is there to be held. */
    void cancel() {
        if (release != null) {
            release.cancel();
            release = null;
        }
    }

    private boolean hold() {
        long earlyNanos = doneAtNanos - clock.nanoTime();
        if (earlyNanos > 0) {
            release = clock.callLater(Duration.ofNanos(earlyNanos), this::look);
        }
        return release != null;
    }

    private void look() {
        release = null;
        if (!hold()) {
            changed.run();
        }
    }
}
