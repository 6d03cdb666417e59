package dev.hawser.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What records are encrypted and decrypted into, for all connections of one loop: it is needed during an event only, mostly one of it. A layer over a
 * layer needs two.
 *
 * <h2>Threading</h2>
 * For the loop's thread.
 */
final class TlsMemory {

    /** For all that one receive may bring, and a record that it ends. */
    private static final int BYTES = 96 * 1024;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    ByteBuffer take() {
        ByteBuffer memory = free.poll();
        return memory == null ? ByteBuffer.allocate(BYTES) : memory.clear();
    }

    void giveBack(ByteBuffer memory) {
        free.push(memory);
    }
}
