package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.Function;

/** The shape of getpwnam_r(3) and getgrnam_r(3): a name, a struct, room for what it points to, and a pointer that is null where there is no such name. */
final class NamedEntries {

    private static final long FIRST_ROOM = 4096;

    /** A group with all its members. */
    private static final long MOST_ROOM = 16 * 1024 * 1024;

    private NamedEntries() {}

    static <T> Answer<T> find(String name, int size, MethodHandle call, Function<MemorySegment, T> read) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment wanted = arena.allocateFrom(name);
            MemorySegment entry = arena.allocate(size, 8);
            MemorySegment found = arena.allocate(ADDRESS);
            int code = Errno.ERANGE;
            for (long room = FIRST_ROOM; code == Errno.ERANGE && room <= MOST_ROOM; room *= 8) {
                MemorySegment strings = arena.allocate(room);
                code = (int) call.invokeExact(errno, wanted, entry, strings, room, found);
            }
            if (code != 0) {
                return Answer.failed(code, code);
            }
            return CMemory.isNull(found.get(ADDRESS, 0)) ? Answer.nothing() : Answer.of(read.apply(entry));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
