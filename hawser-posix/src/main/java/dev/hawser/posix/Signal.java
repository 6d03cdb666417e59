package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <signal.h>}: signals to processes. */
final class Signal {

    private static final class Kill {
        static final MethodHandle CALL = Native.critical("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    }

    private Signal() {}

    static int kill(int pid, int signal) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Kill.CALL.invokeExact(errno, pid, signal), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
