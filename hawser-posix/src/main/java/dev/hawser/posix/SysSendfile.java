package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <sys/sendfile.h>}: from a file into a socket, inside the kernel. */
final class SysSendfile {

    private static final class SendFile {
        // Waiting: the file's pages may have to come from a disk, whatever the socket's descriptor says.
        static final MethodHandle CALL =
                Native.waiting("sendfile", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private SysSendfile() {}

    static long sendFile(int outFd, int inFd, long offset, long count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment from = arena.allocateFrom(JAVA_LONG, offset);
            return Native.result((long) SendFile.CALL.invokeExact(errno, outFd, inFd, from, count), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
