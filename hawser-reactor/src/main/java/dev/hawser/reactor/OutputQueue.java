package dev.hawser.reactor;

import dev.hawser.reactor.ChunkPool.Chunk;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has written and the kernel has not taken, in chunks of the loop's pool. The first byte stays where it is until
 * {@link #remove} is told that it has gone, whatever is put behind it.
 *
 * <h2>Threading</h2>
 * For the loop's thread.
 */
final class OutputQueue {

    /** However fast the peer reads: the others have their turn after that. */
    private static final long MOST_AT_ONCE = 1024 * 1024;

    private ChunkPool pool;
    private @Nullable Chunk first;
    private @Nullable Chunk last;
    private long size;

    /** They go with the first byte that is added next. */
    private @Nullable DescriptorsToSend waiting;

    OutputQueue(ChunkPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many bytes there are. */
    long size() {
        return size;
    }

    /**
     * Sends from the head as much as the kernel takes at once, and forgets that. A kernel that takes nothing is no error.
     *
     * @return how many bytes went
     * @throws IOException if the connection is broken
     */
    long sendTo(Socket socket) throws IOException {
        long sent = 0;
        while (size > 0 && sent < MOST_AT_ONCE) {
            Chunk chunk = requireFirst();
            int length = chunk.length();
            int n = sendChunk(socket, chunk);
            remove(n);
            sent += n;
            if (n < length) {
                break; // the kernel has no room: asking it again would only be told so
            }
        }
        return sent;
    }

    private static int sendChunk(Socket socket, Chunk chunk) throws IOException {
        try {
            DescriptorsToSend descriptors = chunk.descriptors;
            return descriptors == null ? socket.send(chunk.unsent(), 0) : descriptors.send(socket, chunk.unsent());
        } catch (WouldBlockException e) {
            return 0;
        } catch (IOException e) {
            if (e instanceof SocketError error && error.isShortage()) {
                return 0; // the kernel has no memory for it now
            }
            throw e;
        }
    }

    /** The bytes at the head. */
    Chunk requireFirst() {
        Chunk chunk = first;
        if (chunk == null) {
            throw new IllegalStateException("the queue is empty");
        }
        return chunk;
    }

    /** The kernel has taken so many bytes from the head. */
    void remove(long count) {
        long left = count;
        while (left > 0) {
            Chunk chunk = requireFirst();
            int n = (int) Math.min(left, chunk.length());
            dropDescriptors(chunk);
            chunk.begin += n;
            size -= n;
            left -= n;
            if (chunk.begin == chunk.end) {
                removeFirst(chunk);
            }
        }
    }

    private static void dropDescriptors(Chunk chunk) {
        DescriptorsToSend descriptors = chunk.descriptors;
        if (descriptors != null) {
            chunk.descriptors = null;
            descriptors.close();
        }
    }

    private void removeFirst(Chunk chunk) {
        first = chunk.next;
        if (first == null) {
            last = null;
        }
        chunk.next = null;
        pool.giveBack(chunk);
    }

    /** Duplicates a descriptor, which goes with the byte that is added next. */
    void add(HasFileno file) throws IOException {
        DescriptorsToSend descriptors = waiting;
        if (descriptors == null) {
            descriptors = new DescriptorsToSend();
            waiting = descriptors;
        }
        descriptors.add(file);
    }

    /** What waits for a byte waits for one of the other queue. */
    void leaveDescriptorsTo(OutputQueue other) {
        other.waiting = waiting;
        waiting = null;
    }

    /** Copies all that is left in the buffer, and moves its position to its limit. */
    void add(ByteBuffer data) {
        while (data.hasRemaining()) {
            Chunk chunk = chunkWithRoom();
            int n = Math.min(chunk.room(), data.remaining());
            data.get(chunk.bytes, chunk.end, n);
            grow(chunk, n);
        }
    }

    /** Copies a part of an array. */
    void add(byte[] data, int offset, int length) {
        int done = 0;
        while (done < length) {
            Chunk chunk = chunkWithRoom();
            int n = Math.min(chunk.room(), length - done);
            System.arraycopy(data, offset + done, chunk.bytes, chunk.end, n);
            grow(chunk, n);
            done += n;
        }
    }

    /** Copies a segment. */
    void add(MemorySegment data) {
        long done = 0;
        while (done < data.byteSize()) {
            Chunk chunk = chunkWithRoom();
            int n = (int) Math.min(chunk.room(), data.byteSize() - done);
            MemorySegment.copy(data, done, chunk.memory, chunk.end, n);
            grow(chunk, n);
            done += n;
        }
    }

    private Chunk chunkWithRoom() {
        Chunk chunk = last;
        if (chunk != null && chunk.room() > 0 && waiting == null) {
            return chunk;
        }
        Chunk more = pool.take();
        more.descriptors = waiting; // a chunk's first byte is theirs
        waiting = null;
        if (chunk == null) {
            first = more;
        } else {
            chunk.next = more;
        }
        last = more;
        return more;
    }

    private void grow(Chunk chunk, int by) {
        chunk.end += by;
        size += by;
    }

    /** Puts all of another queue of the same pool behind this one; the other is empty then. */
    void takeAll(OutputQueue other) {
        Chunk chunk = last;
        if (chunk == null) {
            first = other.first;
        } else {
            chunk.next = other.first;
        }
        if (other.last != null) {
            last = other.last;
        }
        size += other.size;
        other.leaveDescriptorsTo(this);
        other.forget();
    }

    /** Drops what is left. */
    void clear() {
        for (Chunk chunk = first; chunk != null; chunk = first) {
            dropDescriptors(chunk);
            removeFirst(chunk);
        }
        size = 0;
        DescriptorsToSend left = waiting;
        if (left != null) {
            waiting = null;
            left.close();
        }
    }

    private void forget() {
        first = null;
        last = null;
        size = 0;
    }

    /** Gives the chunks back to another loop's pool from now on. */
    void moveTo(ChunkPool other) {
        pool = other;
    }
}
