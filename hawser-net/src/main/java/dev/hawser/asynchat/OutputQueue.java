package dev.hawser.asynchat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a chat has to send yet, in order: bytes, and producers of bytes, each asked only when all before it is sent. Its lock is
 * for a chat that is closed by another thread, which waits while a producer is asked: a producer is used by one thread at a time.
 */
final class OutputQueue {

    private static final byte[] NOTHING = {};

    /** Bytes to send, from the start on; with a producer, those of its last part. */
    static final class Block {

        private final @Nullable Producer producer;

        /** What it counts for as long as it waits, where that is not its bytes. */
        private final int fixedCost;

        private byte[] bytes;
        private int start;
        private int end;

        private Block(@Nullable Producer producer, int fixedCost, byte[] bytes) {
            this.producer = producer;
            this.fixedCost = fixedCost;
            this.bytes = bytes;
            this.end = bytes.length;
        }

        byte[] bytes() {
            return bytes;
        }

        int start() {
            return start;
        }

        int length() {
            return end - start;
        }

        private long cost() {
            return producer == null ? length() : fixedCost;
        }

        /** Takes what there is room for, in an array that grows up to a size. */
        private int append(byte[] more, int offset, int length, int size) {
            int n = Math.min(length, size - end);
            if (producer != null || n <= 0) {
                return 0;
            }
            if (end + n > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(size, Math.max(end + n, 2 * bytes.length)));
            }
            System.arraycopy(more, offset, bytes, end, n);
            end += n;
            return n;
        }
    }

    private final Deque<Block> blocks = new ArrayDeque<>();
    private long size;
    private long maxBytes = AsyncChat.DEFAULT_MAX_OUTPUT_BYTES;

    long maxBytes() {
        return maxBytes;
    }

    void setMaxBytes(long bytes) {
        maxBytes = bytes;
    }

    void requireRoom(int bytes, AsyncChat chat) throws ChatLimitException {
        long waiting = size();
        if (waiting + bytes > maxBytes) {
            throw new ChatLimitException(
                    "the peer is slow, or this is too much at once: " + waiting + " bytes of output wait, and " + bytes
                            + " more are beyond the limit of " + maxBytes
                            + "; push less, a long answer with a producer, or call setMaxOutputBytes: " + chat,
                    maxBytes);
        }
    }

    /** How much waits: bytes, and what each producer counts for. */
    synchronized long size() {
        return size;
    }

    synchronized boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Adds a copy of the bytes, in blocks of a size at most, so that what is sent is given back soon. */
    synchronized void add(byte[] data, int offset, int length, int blockBytes) {
        int from = offset;
        int end = offset + length;
        Block last = blocks.peekLast();
        if (last != null) {
            from += last.append(data, from, length, blockBytes);
        }
        while (from < end) {
            int to = Math.min(end, from + blockBytes);
            blocks.add(new Block(null, 0, Arrays.copyOfRange(data, from, to)));
            from = to;
        }
        size += length;
    }

    /** Adds a producer, which counts for so many bytes until it has ended. */
    synchronized void add(Producer producer, int cost) {
        blocks.add(new Block(producer, cost, NOTHING));
        size += cost;
    }

    /**
     * What is to be sent next, at least one byte, or null for nothing. A producer may be asked for it; one that fails is
     * gone afterwards.
     */
    @Nullable
    synchronized Block next() throws IOException {
        for (Block first = blocks.peekFirst(); first != null; first = blocks.peekFirst()) {
            boolean filled = first.length() > 0 || refill(first);
            if (!filled) {
                drop(first);
            } else if (isFirst(first)) {
                return first;
            }
        }
        return null;
    }

    /** A producer may make the chat forget its output, and so itself. */
    @SuppressWarnings("ReferenceEquality") // this very block
    private boolean isFirst(Block block) {
        return blocks.peekFirst() == block;
    }

    private boolean refill(Block block) throws IOException {
        if (block.producer == null) {
            return false;
        }
        try {
            block.bytes = block.producer.more();
            block.start = 0;
            block.end = block.bytes.length;
        } catch (IOException | RuntimeException e) {
            dropFailed(block, e);
            throw e;
        }
        return block.end > 0;
    }

    private void dropFailed(Block first, Exception failure) {
        try {
            drop(first);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void drop(Block block) throws IOException {
        if (!isFirst(block)) {
            return;
        }
        blocks.removeFirst();
        size -= block.cost();
        if (block.producer != null) {
            block.producer.close();
        }
    }

    /** So much of {@link #next} is sent; it may have been forgotten meanwhile. */
    synchronized void sent(Block block, int length) {
        if (!isFirst(block)) {
            return;
        }
        long before = block.cost();
        block.start += length;
        size -= before - block.cost();
        if (block.producer == null && block.length() == 0) {
            blocks.removeFirst();
        }
    }

    /** Forgets all of it; producers are closed, every one of them. */
    synchronized void clear() throws IOException {
        IOException failure = null;
        while (!blocks.isEmpty()) {
            try {
                drop(blocks.getFirst());
            } catch (IOException | RuntimeException e) {
                failure = failure == null ? new IOException("a producer cannot be closed: " + e.getMessage()) : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
