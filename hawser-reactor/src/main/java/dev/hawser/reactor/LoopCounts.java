package dev.hawser.reactor;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a loop counts. The loop's thread alone writes, so that nothing is locked, but for errors, which are few; every thread may look.
 */
final class LoopCounts {

    static final int TURNS = 0;
    static final int EVENTS = 1;
    static final int CALLS = 2;
    static final int TIMERS_FIRED = 3;
    static final int TIMERS_PENDING = 4;
    static final int CONNECTIONS_ACCEPTED = 5;
    static final int CONNECTIONS_OPEN = 6;
    static final int ACCEPT_ERRORS = 7;
    static final int BYTES_RECEIVED = 8;
    static final int BYTES_SENT = 9;
    static final int STALLS = 10;
    static final int CONNECTIONS_LOST = 11;
    private static final int ERRORS = 12;
    private static final int LAG = 13;
    private static final int MAX_LAG = 14;
    private static final int ALL = 15;

    private final AtomicLongArray counts = new AtomicLongArray(ALL);

    /** Adds to one of the counts, which are the constants above; negative: takes away. */
    void add(int which, long more) {
        counts.setOpaque(which, counts.getPlain(which) + more);
    }

    void set(int which, long value) {
        counts.setOpaque(which, value);
    }

    long get(int which) {
        return counts.getOpaque(which);
    }

    /** Something was reported, in whatever thread. */
    void error() {
        counts.getAndIncrement(ERRORS);
    }

    /** A call was made so much later than it might have been. */
    void lag(long nanos) {
        set(LAG, nanos);
        if (nanos > counts.getPlain(MAX_LAG)) {
            set(MAX_LAG, nanos);
        }
    }

    ReactorMetrics snapshot() {
        return new ReactorMetrics(
                get(TURNS),
                get(EVENTS),
                get(CALLS),
                get(TIMERS_FIRED),
                get(TIMERS_PENDING),
                get(CONNECTIONS_ACCEPTED),
                get(CONNECTIONS_OPEN),
                get(CONNECTIONS_LOST),
                get(ACCEPT_ERRORS),
                get(ERRORS),
                get(BYTES_RECEIVED),
                get(BYTES_SENT),
                get(LAG),
                get(MAX_LAG),
                get(STALLS));
    }
}
