package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code struct timespec}: a time to wait. */
final class TimeSpec {

    /** No time at all. No function of libc writes into it. */
    static final MemorySegment ZERO = MemorySegment.ofArray(new long[2]).asReadOnly();

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SIZE = Abi.value("sizeof(struct timespec)");
    private static final int SECONDS = Abi.value("offsetof(struct timespec,tv_sec)");
    private static final int NANOS = Abi.value("offsetof(struct timespec,tv_nsec)");

    private TimeSpec() {}

    /** The null pointer, no limit, for a negative time. */
    static MemorySegment orNull(long nanos, Arena arena) {
        if (nanos < 0) {
            return MemorySegment.NULL;
        }
        MemorySegment time = arena.allocate(SIZE, JAVA_LONG.byteAlignment());
        time.set(JAVA_LONG, SECONDS, nanos / NANOS_PER_SECOND);
        time.set(JAVA_LONG, NANOS, nanos % NANOS_PER_SECOND);
        return time;
    }
}
