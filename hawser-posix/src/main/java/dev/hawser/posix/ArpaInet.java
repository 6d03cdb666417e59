package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** {@code <arpa/inet.h>}: addresses as text and back. Nothing here waits. */
final class ArpaInet {

    private static final class InetAton {
        static final MethodHandle CALL =
                Native.critical("inet_aton", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class InetPton {
        static final MethodHandle CALL =
                Native.critical("inet_pton", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    private static final class InetNtop {
        static final MethodHandle CALL =
                Native.critical("inet_ntop", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    }

    private ArpaInet() {}

    static int inetAton(String text, MemorySegment address) {
        try {
            return (int) InetAton.CALL.invokeExact(Native.errnoCell(), cString(text), address);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int inetPton(int family, String text, MemorySegment address) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) InetPton.CALL.invokeExact(errno, family, cString(text), address), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int inetNtop(int family, MemorySegment address, MemorySegment text) {
        MemorySegment errno = Native.errnoCell();
        int room = Math.toIntExact(text.byteSize());
        try {
            MemorySegment written = (MemorySegment) InetNtop.CALL.invokeExact(errno, family, address, text, room);
            return CMemory.isNull(written) ? -errno.get(JAVA_INT, 0) : 0;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** On the heap, where the collector frees it: a critical call takes it as it is. */
    private static MemorySegment cString(String text) {
        return MemorySegment.ofArray((text + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
