package dev.hawser.netpoll;

/**
 * The moment until which a call may wait, as one {@code long} so that a hot path allocates nothing: a value of
 * {@link System#nanoTime}, or one of the two constants.
 */
public final class Deadline {

    /** Wait for as long as it takes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Do not wait at all: the call is non-blocking. */
    public static final long NOW = Long.MIN_VALUE;

    private Deadline() {}

    /**
     * The deadline of a call that starts now.
     *
     * @param timeoutNanos the time it may wait; 0: it must not wait; negative: it may wait for ever
     * @return the deadline
     */
    public static long after(long timeoutNanos) {
        if (timeoutNanos <= 0) {
            return timeoutNanos < 0 ? NEVER : NOW;
        }
        long deadline = System.nanoTime() + timeoutNanos;
        return deadline == NEVER || deadline == NOW ? deadline + (deadline == NOW ? 1 : -1) : deadline;
    }

    /**
     * The time that is left.
     *
     * @param deadline a deadline
     * @return nanoseconds, 0 or less where it has passed
     */
    public static long remainingNanos(long deadline) {
        if (deadline == NEVER) {
            return Long.MAX_VALUE;
        }
        return deadline == NOW ? 0 : deadline - System.nanoTime();
    }
}
