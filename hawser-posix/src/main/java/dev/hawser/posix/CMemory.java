package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads memory that libc owns, without the right to make a segment of an arbitrary address. */
final class CMemory {

    private static final class MemCpy {
        static final MethodHandle CALL =
                Native.critical("memcpy", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG));
    }

    private static final class StrLen {
        static final MethodHandle CALL = Native.critical("strlen", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    }

    private CMemory() {}

    static MemorySegment copy(MemorySegment source, long bytes) throws Throwable {
        MemorySegment target = MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
        MemCpy.CALL.invokeExact(Native.errnoCell(), target, source, bytes);
        return target;
    }

    static String string(MemorySegment source) throws Throwable {
        long length = (long) StrLen.CALL.invokeExact(Native.errnoCell(), source);
        return copy(source, length + 1).getString(0);
    }

    /** The pointers of an array that a null pointer ends. */
    static List<MemorySegment> pointers(MemorySegment array) throws Throwable {
        List<MemorySegment> pointers = new ArrayList<>();
        for (long at = array.address(); ; at += ADDRESS.byteSize()) {
            MemorySegment next = pointer(copy(MemorySegment.ofAddress(at), ADDRESS.byteSize()), 0);
            if (isNull(next)) {
                return pointers;
            }
            pointers.add(next);
        }
    }

    static List<String> strings(MemorySegment array) throws Throwable {
        List<String> strings = new ArrayList<>();
        for (MemorySegment pointer : pointers(array)) {
            strings.add(string(pointer));
        }
        return List.copyOf(strings);
    }

    static MemorySegment pointer(MemorySegment struct, long offset) {
        return MemorySegment.ofAddress(struct.get(JAVA_LONG_UNALIGNED, offset));
    }

    static boolean isNull(MemorySegment pointer) {
        return pointer.address() == 0;
    }

    /** A string for a parameter that may be the null pointer. */
    static MemorySegment orNull(@Nullable String text, Arena arena) {
        return text == null ? MemorySegment.NULL : arena.allocateFrom(text);
    }
}
