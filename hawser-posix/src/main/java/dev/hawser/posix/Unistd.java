package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <unistd.h>}: calls on any descriptor. */
final class Unistd {

    private static final class Close {
        // Waiting: close(2) of a socket with SO_LINGER waits for the peer even where the descriptor is non-blocking.
        static final MethodHandle CALL = Native.waiting("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private Unistd() {}

    static int close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((int) Close.CALL.invokeExact(errno, fd), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
