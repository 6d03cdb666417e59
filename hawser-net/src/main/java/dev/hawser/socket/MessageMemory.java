package dev.hawser.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for one call of sendmsg(2) or recvmsg(2): a message holds pointers, so heap memory will not do. It is
 * taken for the call itself and given back before the thread waits. So there are never more of them than threads that run,
 * however many virtual threads wait, and a few in a pool serve all.
 */
final class MessageMemory implements AutoCloseable {

    /** What the memory in the pool has room for: a datagram of the Internet, and much control data. */
    private static final int POOLED_DATA_BYTES = 64 * 1024;

    private static final int POOLED_CONTROL_BYTES = 4 * 1024;

    private static final AtomicReferenceArray<@Nullable MessageMemory> POOL =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    private final MessageSlot slot;

    /** Null where the memory belongs to the pool, and to the garbage collector after it. */
    private final @Nullable Arena arena;

    private MessageMemory(Arena arena, long controlBytes, long dataBytes, boolean pooled) {
        long rest = MessageSlot.HEADER_BYTES;
        MemorySegment block = arena.allocate(rest + MessageSlot.FIXED_BYTES + controlBytes + dataBytes, Long.BYTES);
        this.slot = new MessageSlot(block, 0, rest, controlBytes, dataBytes);
        this.arena = pooled ? null : arena;
    }

    /** Memory with so much room, for this thread, until it is closed. */
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed with this
    static MessageMemory take(long controlBytes, long dataBytes) {
        if (controlBytes > POOLED_CONTROL_BYTES || dataBytes > POOLED_DATA_BYTES) {
            return new MessageMemory(Arena.ofConfined(), (controlBytes + 7) & -Long.BYTES, dataBytes, false);
        }
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < POOL.length(); i++) {
            MessageMemory free = POOL.getAndSet(Math.floorMod(first + i, POOL.length()), null);
            if (free != null) {
                return free;
            }
        }
        return new MessageMemory(Arena.ofAuto(), POOLED_CONTROL_BYTES, POOLED_DATA_BYTES, true);
    }

    MessageSlot slot() {
        return slot;
    }

    @Override
    public void close() {
        if (arena != null) {
            arena.close();
            return;
        }
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < POOL.length(); i++) {
            if (POOL.compareAndSet(Math.floorMod(first + i, POOL.length()), null, this)) {
                return;
            }
        }
    }
}
