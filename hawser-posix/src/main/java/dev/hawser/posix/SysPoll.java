package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code <poll.h>}: poll(2), as ppoll, which takes nanoseconds.
 *
 * <pre>
 * struct pollfd {
 *     int   fd;        // a negative one is passed over
 *     short events;
 *     short revents;
 * };
 * </pre>
 */
final class SysPoll {

    private static final int SIZE = Abi.value("sizeof(struct pollfd)");

    private static final class Poll {
        static final FunctionDescriptor TYPE = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        static final MethodHandle CALL = Native.waiting("ppoll", TYPE);
    }

    /** The same call with a timeout of zero, which cannot wait. */
    private static final class Look {
        static final MethodHandle CALL = Native.critical("ppoll", Poll.TYPE);
    }

    private SysPoll() {}

    static int poll(MemorySegment descriptors, int count, long timeoutNanos) {
        boolean critical = timeoutNanos == 0 && (long) count * SIZE <= Native.MAX_CRITICAL_BYTES;
        return critical ? look(descriptors, count) : await(descriptors, count, timeoutNanos);
    }

    private static int look(MemorySegment descriptors, int count) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result(
                    (int) Look.CALL.invokeExact(errno, descriptors, (long) count, TimeSpec.ZERO, MemorySegment.NULL),
                    errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static int await(MemorySegment descriptors, int count, long timeoutNanos) {
        MemorySegment used = descriptors.asSlice(0, (long) count * SIZE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment copy = Native.offHeap(used, arena);
            MemorySegment timeout = TimeSpec.orNull(timeoutNanos, arena);
            int n = Native.result(
                    (int) Poll.CALL.invokeExact(errno, copy, (long) count, timeout, MemorySegment.NULL), errno);
            Native.copyBack(copy, used);
            return n;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
