package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <sys/eventfd.h>}: a counter that can be waited for, eventfd(2). */
final class SysEventfd {

    private static final class EventFd {
        static final MethodHandle CALL =
                Native.critical("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    }

    private SysEventfd() {}

    static int eventFd(int count, int flags) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) EventFd.CALL.invokeExact(errno, count, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
