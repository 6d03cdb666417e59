package dev.hawser.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Where a buffer lies. */
enum Memory {
    HEAP,
    NATIVE;

    ByteBuffer buffer(int size) {
        return this == HEAP ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
    }

    MemorySegment segment(int size) {
        return this == HEAP
                ? MemorySegment.ofArray(new byte[size])
                : Arena.ofAuto().allocate(size);
    }
}
