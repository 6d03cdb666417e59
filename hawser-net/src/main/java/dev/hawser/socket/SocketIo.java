package dev.hawser.socket;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What moves bytes through a socket: the families of {@code recv} and {@code send}. */
abstract sealed class SocketIo extends SocketBase permits Socket {

    private final Transfers transfers;

    SocketIo(SystemCalls calls, SocketKind kind, int fd, long timeoutNanos, boolean mayLinger) {
        super(calls, kind, fd, timeoutNanos, mayLinger);
        this.transfers = new Transfers(this, handle());
    }

    /**
     * Receives bytes, recv(2). The array is made before the wait, of up to 64 KiB for a stream; where thousands of threads
     * wait, {@link #recvInto(byte[])} with a smaller one takes less.
     *
     * @param maxBytes the most bytes to receive; 0 returns at once
     * @return what has come, at least one byte; none at the end of a stream, or of an empty datagram
     * @throws IOException if the call failed
     */
    public byte[] recv(int maxBytes) throws IOException {
        return recv(maxBytes, 0);
    }

    /**
     * Receives bytes, recv(2).
     *
     * @param maxBytes the most bytes to receive; 0 returns at once
     * @param flags MSG_* bits
     * @return what has come, at least one byte; none at the end of a stream, or of an empty datagram
     * @throws IOException if the call failed
     */
    public byte[] recv(int maxBytes, int flags) throws IOException {
        byte[] buffer = Buffers.allocate(transfers.room(maxBytes, flags));
        int n = transfers.recv(MemorySegment.ofArray(buffer), flags);
        return n == buffer.length ? buffer : Arrays.copyOf(buffer, Math.min(n, buffer.length));
    }

    /**
     * Receives bytes into the whole of a buffer.
     *
     * @param buffer where to put them
     * @return how many have come; 0 at the end of a stream, or of an empty datagram
     * @throws IOException if the call failed
     */
    public int recvInto(byte[] buffer) throws IOException {
        return transfers.recv(MemorySegment.ofArray(buffer), 0);
    }

    /**
     * Receives bytes into a part of a buffer.
     *
     * @param buffer where to put them
     * @param offset where the part begins
     * @param length how long it is
     * @param flags MSG_* bits
     * @return how many have come; with MSG_TRUNC, how long the datagram was
     * @throws IOException if the call failed
     */
    public int recvInto(byte[] buffer, int offset, int length, int flags) throws IOException {
        return transfers.recv(Buffers.of(buffer, offset, length), flags);
    }

    /**
     * Receives bytes into the rest of a buffer, heap or direct, and moves its position on.
     *
     * @param buffer where to put them
     * @param flags MSG_* bits
     * @return how many have come
     * @throws IOException if the call failed
     */
    public int recvInto(ByteBuffer buffer, int flags) throws IOException {
        return Buffers.advance(buffer, transfers.recv(Buffers.writable(buffer), flags));
    }

    /**
     * Receives bytes into a segment, heap or native.
     *
     * @param buffer where to put them; of a larger one, the first 2147483647 bytes are used
     * @param flags MSG_* bits
     * @return how many have come
     * @throws IOException if the call failed
     */
    public int recvInto(MemorySegment buffer, int flags) throws IOException {
        return transfers.recv(Buffers.writable(buffer), flags);
    }

    /**
     * Receives a datagram and its sender, recvfrom(2). What does not fit is dropped.
     *
     * @param maxBytes the most bytes to receive
     * @return the bytes and the sender
     * @throws IOException if the call failed
     */
    public Received recvFrom(int maxBytes) throws IOException {
        return recvFrom(maxBytes, 0);
    }

    /**
     * Receives a datagram and its sender, recvfrom(2). What does not fit is dropped.
     *
     * @param maxBytes the most bytes to receive
     * @param flags MSG_* bits
     * @return the bytes and the sender
     * @throws IOException if the call failed
     */
    public Received recvFrom(int maxBytes, int flags) throws IOException {
        byte[] buffer = Buffers.allocate(maxBytes);
        ReceivedInto received = transfers.recvFrom(MemorySegment.ofArray(buffer), flags);
        return new Received(Arrays.copyOf(buffer, Math.min(maxBytes, received.count())), received.address());
    }

    /**
     * Receives a datagram into the whole of a buffer.
     *
     * @param buffer where to put it; what does not fit is dropped
     * @return the count and the sender
     * @throws IOException if the call failed
     */
    public ReceivedInto recvFromInto(byte[] buffer) throws IOException {
        return transfers.recvFrom(MemorySegment.ofArray(buffer), 0);
    }

    /**
     * Receives a datagram into a part of a buffer.
     *
     * @param buffer where to put it
     * @param offset where the part begins
     * @param length how long it is; what does not fit is dropped
     * @param flags MSG_* bits
     * @return the count and the sender
     * @throws IOException if the call failed
     */
    public ReceivedInto recvFromInto(byte[] buffer, int offset, int length, int flags) throws IOException {
        return transfers.recvFrom(Buffers.of(buffer, offset, length), flags);
    }

    /**
     * Receives a datagram into the rest of a buffer, heap or direct, and moves its position on.
     *
     * @param buffer where to put it; what does not fit is dropped
     * @param flags MSG_* bits
     * @return the count and the sender
     * @throws IOException if the call failed
     */
    public ReceivedInto recvFromInto(ByteBuffer buffer, int flags) throws IOException {
        ReceivedInto received = transfers.recvFrom(Buffers.writable(buffer), flags);
        Buffers.advance(buffer, received.count());
        return received;
    }

    /**
     * Receives a datagram into a segment, heap or native.
     *
     * @param buffer where to put it; of a larger one, the first 2147483647 bytes are used; what does not fit is dropped
     * @param flags MSG_* bits
     * @return the count and the sender
     * @throws IOException if the call failed
     */
    public ReceivedInto recvFromInto(MemorySegment buffer, int flags) throws IOException {
        return transfers.recvFrom(Buffers.writable(buffer), flags);
    }

    /**
     * Sends bytes, send(2).
     *
     * @param data what to send
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int send(byte[] data) throws IOException {
        return transfers.send(MemorySegment.ofArray(data), 0);
    }

    /**
     * Sends a part of an array.
     *
     * @param data what to send
     * @param offset where the part begins
     * @param length how long it is
     * @param flags MSG_* bits
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int send(byte[] data, int offset, int length, int flags) throws IOException {
        return transfers.send(Buffers.of(data, offset, length), flags);
    }

    /**
     * Sends the rest of a buffer, heap or direct, and moves its position on by what the kernel took.
     *
     * @param data what to send
     * @param flags MSG_* bits
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int send(ByteBuffer data, int flags) throws IOException {
        return Buffers.advance(data, transfers.send(Buffers.readable(data), flags));
    }

    /**
     * Sends a segment, heap or native.
     *
     * @param data what to send; of a larger one, the first 2147483647 bytes
     * @param flags MSG_* bits
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int send(MemorySegment data, int flags) throws IOException {
        return transfers.send(Buffers.readable(data), flags);
    }

    /**
     * Sends all bytes. The timeout is one deadline for the whole; when it passes, or the thread is interrupted,
     * {@code bytesTransferred} of the exception tells how many the kernel had taken.
     *
     * @param data what to send
     * @throws IOException if the call failed
     */
    public void sendAll(byte[] data) throws IOException {
        transfers.sendAll(MemorySegment.ofArray(data), 0);
    }

    /**
     * Sends all of a part of an array.
     *
     * @param data what to send
     * @param offset where the part begins
     * @param length how long it is
     * @param flags MSG_* bits
     * @throws IOException if the call failed
     */
    public void sendAll(byte[] data, int offset, int length, int flags) throws IOException {
        transfers.sendAll(Buffers.of(data, offset, length), flags);
    }

    /**
     * Sends all that remains in a buffer, heap or direct, and moves its position to its limit.
     *
     * @param data what to send
     * @param flags MSG_* bits
     * @throws IOException if the call failed; the position is then unchanged
     */
    public void sendAll(ByteBuffer data, int flags) throws IOException {
        transfers.sendAll(Buffers.readable(data), flags);
        data.position(data.limit());
    }

    /**
     * Sends all of a segment, heap or native.
     *
     * @param data what to send
     * @param flags MSG_* bits
     * @throws IOException if the call failed
     */
    public void sendAll(MemorySegment data, int flags) throws IOException {
        transfers.sendAll(data, flags);
    }

    /**
     * Sends a datagram, sendto(2). On a TCP socket, MSG_FASTOPEN connects first: where the kernel cannot send the data with
     * the SYN, it waits for the connection within the timeout, and then sends them; a non-blocking socket throws a
     * {@link WouldBlockException} with EINPROGRESS, and nothing was sent.
     *
     * @param data what to send; no bytes make an empty datagram
     * @param address to whom
     * @return how many bytes the kernel took
     * @throws IOException if the call failed
     */
    public int sendTo(byte[] data, Sockaddr address) throws IOException {
        return transfers.sendTo(MemorySegment.ofArray(data), 0, address);
    }

    /**
     * Sends a part of an array as a datagram.
     *
     * @param data what to send
     * @param offset where the part begins
     * @param length how long it is
     * @param flags MSG_* bits
     * @param address to whom
     * @return how many bytes the kernel took
     * @throws IOException if the call failed
     */
    public int sendTo(byte[] data, int offset, int length, int flags, Sockaddr address) throws IOException {
        return transfers.sendTo(Buffers.of(data, offset, length), flags, address);
    }

    /**
     * Sends the rest of a buffer, heap or direct, as a datagram, and moves its position on.
     *
     * @param data what to send
     * @param flags MSG_* bits
     * @param address to whom
     * @return how many bytes the kernel took
     * @throws IOException if the call failed
     */
    public int sendTo(ByteBuffer data, int flags, Sockaddr address) throws IOException {
        return Buffers.advance(data, transfers.sendTo(Buffers.readable(data), flags, address));
    }

    /**
     * Sends a segment, heap or native, as a datagram.
     *
     * @param data what to send; of a larger one, the first 2147483647 bytes
     * @param flags MSG_* bits
     * @param address to whom
     * @return how many bytes the kernel took
     * @throws IOException if the call failed
     */
    public int sendTo(MemorySegment data, int flags, Sockaddr address) throws IOException {
        return transfers.sendTo(Buffers.readable(data), flags, address);
    }
}
