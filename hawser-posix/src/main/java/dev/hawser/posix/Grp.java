package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code <grp.h>}: the groups, of this host and of this process. All of these may wait: for files and servers, or for each thread of the process to follow. */
final class Grp {

    private static final int SIZE = Abi.value("sizeof(struct group)");
    private static final int GID = Abi.value("offsetof(struct group,gr_gid)");

    private static final class GetGrNam {
        static final MethodHandle CALL = Native.waiting(
                "getgrnam_r", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    private static final class InitGroups {
        static final MethodHandle CALL =
                Native.waiting("initgroups", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    }

    private Grp() {}

    static Answer<Integer> getGrNam(String name) {
        return NamedEntries.find(name, SIZE, GetGrNam.CALL, entry -> entry.get(JAVA_INT, GID));
    }

    static int initGroups(String user, int group) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment name = arena.allocateFrom(user);
            return Native.result((int) InitGroups.CALL.invokeExact(errno, name, group), errno);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
