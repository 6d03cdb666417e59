package dev.hawser.reactor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of what is written, for all connections of one loop: a connection that has nothing to send holds none of it.
 *
 * <h2>Threading</h2>
 * For the loop's thread.
 */
final class ChunkPool {

    /** What one system call sends at most; enough that a large transfer is not slower for it. */
    static final int CHUNK_BYTES = 16 * 1024;

    /** More than that are left to the garbage collector: 4 MiB. */
    private static final int MOST_KEPT = 256;

    private @Nullable Chunk free;
    private int kept;

    /** A piece of a queue: the bytes from begin to end. On the heap, where a critical call takes it without a copy. */
    static final class Chunk {

        final byte[] bytes = new byte[CHUNK_BYTES];
        final MemorySegment memory = MemorySegment.ofArray(bytes);
        int begin;
        int end;

        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

        /** What {@link #unsent} has returned: messages are often as long as the one before. */
        private MemorySegment slice = memory;

        /** What goes with the first byte. */
        @Nullable
        DescriptorsToSend descriptors;

        /** Behind it in the queue, or in the pool. */
        @Nullable
        Chunk next;

        int length() {
            return end - begin;
        }

        /** The bytes from begin to end. */
        MemorySegment unsent() {
            MemorySegment same = slice;
            if (begin != 0 || same.byteSize() != end) {
                same = memory.asSlice(begin, end - begin);
                slice = begin == 0 ? same : memory;
            }
            return same;
        }

        /** The same bytes as a buffer, which is valid until the next call. */
        ByteBuffer unsentBytes() {
            return buffer.limit(end).position(begin);
        }

        int room() {
            return CHUNK_BYTES - end;
        }
    }

    Chunk take() {
        Chunk chunk = free;
        if (chunk == null) {
            return new Chunk();
        }
        free = chunk.next;
        chunk.next = null;
        kept--;
        return chunk;
    }

    /** How many wait to be used. */
    int kept() {
        return kept;
    }

    void giveBack(Chunk chunk) {
        if (kept < MOST_KEPT) {
            chunk.begin = 0;
            chunk.end = 0;
            chunk.next = free;
            free = chunk;
            kept++;
        }
    }
}
