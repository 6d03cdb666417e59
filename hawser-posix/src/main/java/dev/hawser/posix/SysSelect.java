package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code <sys/select.h>}: select(2), as pselect, which takes nanoseconds. A set is an array of longs, one bit for each
 * number from the lowest bit of the first on. C's {@code fd_set} has 1024 of them; the kernel takes as many as it is
 * told, up to the length of the process's table of descriptors, and passes over numbers beyond that.
 */
final class SysSelect {

    private static final class Select {
        static final FunctionDescriptor TYPE =
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle CALL = Native.waiting("pselect", TYPE);
    }

    /** The same call with a timeout of zero, which cannot wait. */
    private static final class Look {
        static final MethodHandle CALL = Native.critical("pselect", Select.TYPE);
    }

    private SysSelect() {}

    static int select(
            int numbers, MemorySegment readable, MemorySegment writable, MemorySegment exceptional, long timeoutNanos) {
        long bytes = readable.byteSize() + writable.byteSize() + exceptional.byteSize();
        return timeoutNanos == 0 && bytes <= Native.MAX_CRITICAL_BYTES
                ? look(numbers, readable, writable, exceptional)
                : await(numbers, readable, writable, exceptional, timeoutNanos);
    }

    private static int look(int numbers, MemorySegment readable, MemorySegment writable, MemorySegment exceptional) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result(
                    (int) Look.CALL.invokeExact(
                            errno, numbers, readable, writable, exceptional, TimeSpec.ZERO, MemorySegment.NULL),
                    errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static int await(
            int numbers, MemorySegment readable, MemorySegment writable, MemorySegment exceptional, long timeoutNanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment in = Native.offHeap(readable, arena);
            MemorySegment out = Native.offHeap(writable, arena);
            MemorySegment odd = Native.offHeap(exceptional, arena);
            MemorySegment timeout = TimeSpec.orNull(timeoutNanos, arena);
            int n = Native.result(
                    (int) Select.CALL.invokeExact(errno, numbers, in, out, odd, timeout, MemorySegment.NULL), errno);
            Native.copyBack(in, readable);
            Native.copyBack(out, writable);
            Native.copyBack(odd, exceptional);
            return n;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
