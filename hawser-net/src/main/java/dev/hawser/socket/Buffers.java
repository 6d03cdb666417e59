package dev.hawser.socket;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Callers' buffers as memory segments; bounds are checked here, before any system call. */
final class Buffers {

    private Buffers() {}

    static byte[] allocate(int maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("negative buffer size: " + maxBytes);
        }
        return new byte[maxBytes];
    }

    static MemorySegment of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        MemorySegment whole = MemorySegment.ofArray(array);
        return offset == 0 && length == array.length ? whole : whole.asSlice(offset, length);
    }

    static List<MemorySegment> of(byte[][] arrays) {
        return Arrays.stream(arrays).map(MemorySegment::ofArray).toList();
    }

    static MemorySegment readable(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer);
    }

    static MemorySegment writable(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return MemorySegment.ofBuffer(buffer);
    }

    /** As much of the segment as a count of type int can tell of. */
    static MemorySegment readable(MemorySegment segment) {
        return segment.byteSize() <= Integer.MAX_VALUE ? segment : segment.asSlice(0, Integer.MAX_VALUE);
    }

    /** As much of the segment as a count of type int can tell of. */
    static MemorySegment writable(MemorySegment segment) {
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException("the buffer is read-only: " + segment);
        }
        return readable(segment);
    }

    /** Fails as the access itself would. */
    static void requireAccessible(MemorySegment segment) {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("the arena of the buffer is closed: " + segment);
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("the buffer is another thread's: " + segment);
        }
    }

    /** Moves the position on by what was transferred; with MSG_TRUNC the count may be more than there was room for. */
    static int advance(ByteBuffer buffer, int count) {
        buffer.position(buffer.position() + Math.min(count, buffer.remaining()));
        return count;
    }

    /** Moves the positions on by what was transferred, one buffer after another. */
    static int advance(ByteBuffer[] buffers, int count) {
        int left = count;
        for (ByteBuffer buffer : buffers) {
            int n = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + n);
            left -= n;
        }
        return count;
    }
}
