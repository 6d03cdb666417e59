package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code <net/if.h>}: the network interfaces and their numbers. libc asks the kernel through a socket of its own, which
 * may wait for the lock of the network configuration, but for nothing outside this machine.
 */
final class NetIf {

    private static final int ENTRY_SIZE = Abi.value("sizeof(struct if_nameindex)");
    private static final int INDEX = Abi.value("offsetof(struct if_nameindex,if_index)");
    private static final int NAME = Abi.value("offsetof(struct if_nameindex,if_name)");
    private static final int NAME_ROOM = Abi.value("IF_NAMESIZE");

    private static final class NameIndex {
        static final MethodHandle CALL = Native.waiting("if_nameindex", FunctionDescriptor.of(ADDRESS));
    }

    private static final class FreeNameIndex {
        static final MethodHandle CALL = Native.waiting("if_freenameindex", FunctionDescriptor.ofVoid(ADDRESS));
    }

    private static final class NameToIndex {
        static final MethodHandle CALL = Native.waiting("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private static final class IndexToName {
        static final MethodHandle CALL =
                Native.waiting("if_indextoname", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    }

    private NetIf() {}

    static Answer<List<InterfaceEntry>> ifNameIndex() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment array = (MemorySegment) NameIndex.CALL.invokeExact(errno);
            return CMemory.isNull(array)
                    ? Answer.failed(errno.get(JAVA_INT, 0), 0)
                    : Answer.of(copyAndFree(array, errno));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static List<InterfaceEntry> copyAndFree(MemorySegment array, MemorySegment errno) throws Throwable {
        try {
            List<InterfaceEntry> entries = new ArrayList<>();
            for (long at = array.address(); ; at += ENTRY_SIZE) {
                MemorySegment entry = CMemory.copy(MemorySegment.ofAddress(at), ENTRY_SIZE);
                int index = entry.get(JAVA_INT_UNALIGNED, INDEX);
                if (index == 0) {
                    return List.copyOf(entries);
                }
                entries.add(new InterfaceEntry(index, CMemory.string(CMemory.pointer(entry, NAME))));
            }
        } finally {
            FreeNameIndex.CALL.invokeExact(errno, array);
        }
    }

    static int ifNameToIndex(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            int index = (int) NameToIndex.CALL.invokeExact(errno, arena.allocateFrom(name));
            return index != 0 ? index : -errno.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static Answer<String> ifIndexToName(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoCell(arena);
            MemorySegment name = arena.allocate(NAME_ROOM);
            MemorySegment written = (MemorySegment) IndexToName.CALL.invokeExact(errno, index, name);
            return CMemory.isNull(written) ? Answer.failed(errno.get(JAVA_INT, 0), 0) : Answer.of(name.getString(0));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
