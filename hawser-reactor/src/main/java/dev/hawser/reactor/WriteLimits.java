package dev.hawser.reactor;

/**
 * How much a connection keeps of what was written and not sent.
 *
 * @param lowWaterBytes at or below which producers are resumed
 * @param highWaterBytes above which producers are paused
 * @param maxBytes above which the connection is lost
 */
public record WriteLimits(long lowWaterBytes, long highWaterBytes, long maxBytes) {

    /** 16 KiB, 64 KiB, and 64 MiB. */
    public static final WriteLimits DEFAULT = new WriteLimits(16 * 1024, 64 * 1024, 64L * 1024 * 1024);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException unless 0 &lt;= low &lt;= high &lt;= max
     */
    public WriteLimits {
        if (lowWaterBytes < 0 || highWaterBytes < lowWaterBytes || maxBytes < highWaterBytes) {
            throw new IllegalArgumentException("write limits are in the order 0 <= low <= high <= max, not "
                    + lowWaterBytes + ", " + highWaterBytes + ", " + maxBytes);
        }
    }
}
