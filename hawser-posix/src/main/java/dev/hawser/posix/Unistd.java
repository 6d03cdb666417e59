package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <unistd.h>}: calls on any descriptor, the name of this host, the group of a process, and whose it is. */
final class Unistd {

    private static final class Close {
        // Waiting: close(2) of a socket with SO_LINGER waits for the peer even where the descriptor is non-blocking.
        static final MethodHandle CALL = Native.waiting("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static final class Seek {
        // Waiting: a network file system asks its server for the size.
        static final MethodHandle CALL =
                Native.waiting("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    }

    private static final class Pipe2 {
        static final MethodHandle CALL = Native.critical("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static final class Read {
        static final MethodHandle CALL =
                Native.critical("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static final class Write {
        static final MethodHandle CALL =
                Native.critical("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static final class GetHostName {
        static final MethodHandle CALL =
                Native.critical("gethostname", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static final class SetHostName {
        static final MethodHandle CALL =
                Native.waiting("sethostname", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static final class SetPgid {
        static final MethodHandle CALL =
                Native.critical("setpgid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    }

    private static final class GetEUid {
        static final MethodHandle CALL = Native.critical("geteuid", FunctionDescriptor.of(JAVA_INT));
    }

    private static final class SetUid {
        // Waiting: libc has each thread of the process do the same.
        static final MethodHandle CALL = Native.waiting("setuid", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static final class SetGid {
        // Waiting: as setuid.
        static final MethodHandle CALL = Native.waiting("setgid", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
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

    static long seek(int fd, long offset, int whence) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((long) Seek.CALL.invokeExact(errno, fd, offset, whence), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int pipe(MemorySegment twoDescriptors, int flags) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) Pipe2.CALL.invokeExact(errno, twoDescriptors, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long read(int fd, MemorySegment buffer) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((long) Read.CALL.invokeExact(errno, fd, buffer, buffer.byteSize()), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static long write(int fd, MemorySegment buffer) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((long) Write.CALL.invokeExact(errno, fd, buffer, buffer.byteSize()), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int getHostName(MemorySegment name) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) GetHostName.CALL.invokeExact(errno, name, name.byteSize()), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int setHostName(MemorySegment name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment copy = Native.offHeap(name, arena);
            return Native.result((int) SetHostName.CALL.invokeExact(errno, copy, name.byteSize()), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int setPgid(int pid, int group) {
        MemorySegment errno = Native.errnoCell();
        try {
            return Native.result((int) SetPgid.CALL.invokeExact(errno, pid, group), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** It cannot fail: a number of 2^32 - 1 is no error. */
    static int getEUid() {
        try {
            return (int) GetEUid.CALL.invokeExact(Native.errnoCell());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int setUid(int uid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((int) SetUid.CALL.invokeExact(errno, uid), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int setGid(int gid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return Native.result((int) SetGid.CALL.invokeExact(errno, gid), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
