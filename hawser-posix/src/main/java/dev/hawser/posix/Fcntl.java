package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <fcntl.h>}: the flags of a descriptor, and its duplicates. */
final class Fcntl {

    private static final class Control {
        static final MethodHandle CALL = Native.critical(
                "fcntl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    }

    private Fcntl() {}

    static int fcntl(int fd, int command, int argument) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Control.CALL.invokeExact(errno, fd, command, argument), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
