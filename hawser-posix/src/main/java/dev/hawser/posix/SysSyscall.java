package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <sys/syscall.h>}: calls by their numbers, syscall(2), where a C library has no function for them. */
final class SysSyscall {

    private static final class WithTwoInts {
        static final MethodHandle CALL = Native.waiting(
                "syscall",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(1));
    }

    private static final class WithIntAndPointer {
        static final MethodHandle CALL = Native.waiting(
                "syscall",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS),
                Linker.Option.firstVariadicArg(1));
    }

    private SysSyscall() {}

    static int pidFdOpen(int pid, int flags) {
        long number = Abi.value("SYS_pidfd_open");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return (int) Native.result((long) WithTwoInts.CALL.invokeExact(errno, number, pid, flags), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int ioUringSetup(int entries, MemorySegment params) {
        long number = Abi.value("SYS_io_uring_setup");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            return (int)
                    Native.result((long) WithIntAndPointer.CALL.invokeExact(errno, number, entries, params), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
