package dev.hawser.netpoll;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timeout as callers give it, null for none, and as one {@code long} of nanoseconds, negative for none. */
public final class Timeouts {

    /** A call may take as long as it takes. */
    public static final long NONE = -1;

    private Timeouts() {}

    /**
     * The timeout in nanoseconds.
     *
     * @param timeout null for none
     * @return nanoseconds, or {@link #NONE}
     * @throws IllegalArgumentException if it is negative, or longer than 292 years
     */
    public static long nanos(@Nullable Duration timeout) {
        if (timeout == null) {
            return NONE;
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout);
        }
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a timeout is at most 292 years: " + timeout, e);
        }
    }

    /**
     * The timeout as callers give it.
     *
     * @param nanos nanoseconds, or negative for none
     * @return null for none
     */
    public static @Nullable Duration duration(long nanos) {
        return nanos < 0 ? null : Duration.ofNanos(nanos);
    }

    /**
     * A timeout as people write it.
     *
     * @param nanos nanoseconds, not negative
     * @return such as {@code 100 ms}, {@code 2.5 s}
     */
    public static String text(long nanos) {
        boolean seconds = nanos >= 1_000_000_000;
        BigDecimal number = BigDecimal.valueOf(nanos, seconds ? 9 : 6).stripTrailingZeros();
        return number.toPlainString() + (seconds ? " s" : " ms");
    }
}
