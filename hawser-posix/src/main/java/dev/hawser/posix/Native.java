package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The linker: the only class of Hawser that binds native functions, and {@link #link} the only method that the JVM
 * restricts.
 *
 * <p>Every handle made here takes, before the arguments of the C function, the segment into which the JVM copies
 * {@code errno} right after the call: reading it later would read what the JVM itself did in between.
 *
 * <p>Two kinds of handle:
 * <ul>
 *   <li>{@link #critical}: for calls that cannot wait. The thread stays in the Java state, which saves the transition
 *       and lets heap arrays be passed without a copy, but holds up safepoints for as long as the call runs.
 *   <li>{@link #waiting}: for calls that may wait, in the kernel or inside libc. They take native memory only.
 * </ul>
 */
final class Native {

    /** The most bytes a critical call may copy: beyond that it would hold up a garbage collection for too long. */
    static final int MAX_CRITICAL_BYTES = 64 * 1024;

    private static final ThreadLocal<int[]> ERRNO = ThreadLocal.withInitial(() -> new int[1]);

    /** Null in a virtual thread, of which there may be many: native memory lives until the garbage collector has come by. */
    private static final ThreadLocal<@Nullable MemorySegment> NATIVE_ERRNO = ThreadLocal.withInitial(
            () -> Thread.currentThread().isVirtual() ? null : Arena.ofAuto().allocate(JAVA_INT));

    private Native() {}

    static MethodHandle critical(String function, FunctionDescriptor descriptor, Linker.Option... more) {
        return link(function, descriptor, with(more, Linker.Option.critical(true)));
    }

    static MethodHandle waiting(String function, FunctionDescriptor descriptor, Linker.Option... more) {
        return link(function, descriptor, with(more));
    }

    /** Whether the C library has the function; not every one has all that another has. */
    static boolean has(String function) {
        return Linker.nativeLinker().defaultLookup().find(function).isPresent();
    }

    /**
     * Where a critical call leaves errno: one cell per thread, made once. The segment is made anew, as the compiler sees then what it is, and
     * does without it; the linker makes a slice of each, which would be allocated for one whose class is not known.
     */
    static MemorySegment errnoCell() {
        return MemorySegment.ofArray(ERRNO.get());
    }

    /**
     * Where a waiting call leaves errno, for the calls of a loop, which allocate nothing: one cell per thread, made once; null in
     * a virtual thread.
     */
    static @Nullable MemorySegment keptErrnoCell() {
        return NATIVE_ERRNO.get();
    }

    /** Where a waiting call leaves errno: such calls take native memory only. */
    static MemorySegment errnoCell(Arena arena) {
        return arena.allocate(JAVA_INT);
    }

    /** The value to return to the caller: the call's own, or {@code -errno} where it failed. */
    static int result(int returned, MemorySegment errnoCell) {
        return returned != -1 ? returned : -errnoCell.get(JAVA_INT, 0);
    }

    /** The value to return to the caller: the call's own, or {@code -errno} where it failed. */
    static long result(long returned, MemorySegment errnoCell) {
        return returned != -1 ? returned : -errnoCell.get(JAVA_INT, 0);
    }

    /** The segment itself where it is native memory already, else a native copy that lives as long as the arena. */
    static MemorySegment offHeap(MemorySegment segment, Arena arena) {
        return segment.isNative()
                ? segment
                : arena.allocate(Math.max(segment.byteSize(), 1), 16).copyFrom(segment);
    }

    /** Hands what the kernel has written into a copy of {@link #offHeap} to the segment that it is a copy of. */
    static void copyBack(MemorySegment copy, MemorySegment original) {
        if (!original.isNative()) {
            original.copyFrom(copy.asSlice(0, original.byteSize()));
        }
    }

    /** A downcall declares {@link Throwable} but throws none of its own: whatever comes is a defect or an Error. */
    static RuntimeException unexpected(Throwable thrown) {
        switch (thrown) {
            case Error error -> throw error;
            case RuntimeException runtime -> throw runtime;
            default -> throw new AssertionError("a native call threw a checked exception", thrown);
        }
    }

    /**
     * Fails with the cure where the JVM was told to refuse native access; does nothing where access was granted.
     *
     * @throws UnsupportedOperationException if this module may not call native code
     */
    static void requireAccess() {
        if (Native.class.getModule().isNativeAccessEnabled()) {
            return;
        }
        try {
            waiting("getpid", FunctionDescriptor.of(JAVA_INT));
        } catch (IllegalCallerException refused) {
            String module = Native.class.getModule().isNamed() ? "dev.hawser.posix" : "ALL-UNNAMED";
            throw new UnsupportedOperationException(
                    "Hawser calls the operating system through java.lang.foreign, which this JVM refuses; "
                            + "start it with --enable-native-access=" + module,
                    refused);
        }
    }

    private static Linker.Option[] with(Linker.Option[] more, Linker.Option... kind) {
        Linker.Option[] all = new Linker.Option[more.length + kind.length + 1];
        System.arraycopy(more, 0, all, 0, more.length);
        System.arraycopy(kind, 0, all, more.length, kind.length);
        all[all.length - 1] = Linker.Option.captureCallState("errno");
        return all;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String function, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(function)
                .orElseThrow(() -> new UnsupportedOperationException("this C library has no function " + function));
        return linker.downcallHandle(address, descriptor, options);
    }
}
