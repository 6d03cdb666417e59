package dev.hawser.socketserver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to start a worker again, after some that were no use. */
final class StartBackOff {

    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(10);

    /** So many starts that fail in a row mean that the next one will, too. */
    static final int HOPELESS = 3;

    private static final int MAX_DOUBLINGS = 10;

    private int failedStarts;
    private int useless;
    private @Nullable Throwable reason;

    /** A worker has not become ready. Returns whether it is the first one, which is to be reported. */
    boolean startFailed(Throwable why) {
        reason = why;
        failedStarts++;
        useless++;
        return failedStarts == 1;
    }

    /** A worker was ready, and ended without a single request. */
    void endedUnused() {
        useless++;
    }

    void started() {
        failedStarts = 0;
        reason = null;
    }

    void served() {
        useless = 0;
    }

    boolean failing() {
        return failedStarts > 0;
    }

    boolean hopeless() {
        return failedStarts >= HOPELESS;
    }

    @Nullable
    Throwable reason() {
        return reason;
    }

    Duration delay() {
        Duration doubled = FIRST.multipliedBy(1L << Math.clamp(useless - 1L, 0, MAX_DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
