package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <sys/signalfd.h>}: signals that can be waited for, signalfd(2). */
final class SysSignalfd {

    private static final class SignalFd {
        static final MethodHandle CALL =
                Native.waiting("signalfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private SysSignalfd() {}

    static int signalFd(MemorySegment mask, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((int) SignalFd.CALL.invokeExact(errno, -1, mask, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
