package dev.hawser.reactor;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Sees when the handlers of one turn take too long: the limit is {@code -Dhawser.reactor.stallMillis}, 100 ms where nothing is said. A stall is a
 * {@link LoopStall} for the flight recorder, and once in a while a line in the log.
 *
 * <p>Its first handlers load their classes, and are interpreted: that takes what no later one takes, and nobody can mend it. As long as a reactor is cold,
 * the log's limit is ten times as long.
 */
final class StallWatch {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");
    private static final long DEFAULT_LIMIT_MILLIS = 100;
    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How many handlers a reactor has called that is cold. */
    private static final long COLD_HANDLERS = 1000;

    private static final int COLD_TIMES = 10;

    private final LoopCounts counts;
    private final long limitNanos =
            TimeUnit.MILLISECONDS.toNanos(Long.getLong("hawser.reactor.stallMillis", DEFAULT_LIMIT_MILLIS));

    private boolean busy;
    private long beganNanos;
    private long handlers;
    private long handlersBefore;
    private long loggedNanos = System.nanoTime() - LOG_PAUSE_NANOS;

    StallWatch(LoopCounts counts) {
        this.counts = counts;
    }

    void turnBegins() {
        busy = false;
        handlersBefore += handlers;
        handlers = 0;
    }

    /** A handler is about to be called: the first of a turn ends the wait. */
    void eventBegins() {
        handlers++;
        if (!busy) {
            busy = true;
            beganNanos = System.nanoTime();
        }
    }

    void turnEnds() {
        if (!busy) {
            return;
        }
        long now = System.nanoTime();
        if (now - beganNanos > limitNanos) {
            stalled(now);
        }
    }

    private void stalled(long now) {
        counts.add(LoopCounts.STALLS, 1);
        long took = now - beganNanos;
        LoopStall event = new LoopStall();
        if (event.isEnabled()) {
            event.tell(took, handlers);
        }
        boolean cold = handlersBefore < COLD_HANDLERS;
        if (took > (cold ? COLD_TIMES * limitNanos : limitNanos) && now - loggedNanos >= LOG_PAUSE_NANOS) {
            loggedNanos = now;
            LOG.log(
                    Level.WARNING,
                    "a turn of the loop took {0} ms for {1} handlers, in which nobody else was served: let what takes long run"
                            + " in callInThread",
                    TimeUnit.NANOSECONDS.toMillis(took),
                    handlers);
        }
    }
}
