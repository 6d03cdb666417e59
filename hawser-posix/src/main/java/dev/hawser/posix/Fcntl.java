package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <fcntl.h>}: files opened, the flags of a descriptor and its duplicates, and bytes moved through pipes. */
final class Fcntl {

    private static final class Open {
        // Waiting: the name may lie on a slow disk.
        static final MethodHandle CALL = Native.waiting(
                "open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    }

    private static final class Control {
        static final MethodHandle CALL = Native.critical(
                "fcntl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    }

    private static final class Splice {
        static final MethodHandle CALL = Native.critical(
                "splice", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    }

    private Fcntl() {}

    static int open(String path, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment name = arena.allocateFrom(path);
            return Native.result((int) Open.CALL.invokeExact(errno, name, flags, mode), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int fcntl(int fd, int command, int argument) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Control.CALL.invokeExact(errno, fd, command, argument), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long splice(int inFd, int outFd, long count, int flags) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result(
                    (long) Splice.CALL.invokeExact(
                            errno, inFd, MemorySegment.NULL, outFd, MemorySegment.NULL, count, flags),
                    errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
