package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.posix.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What moves bytes and messages through a socket: the families of {@code recv} and {@code send}. */
abstract sealed class SocketIo implements Closeable permits Socket {

    private final SocketState state;
    private final Transfers transfers;
    private final Messages messages;

    SocketIo(SystemCalls calls, SocketKind kind, Handle handle, long timeoutNanos, boolean mayLinger) {
        this.state = new SocketState(calls, kind, handle, timeoutNanos, mayLinger);
        this.transfers = new Transfers(state, handle);
        this.messages = new Messages(state, handle, transfers);
    }

    SocketState state() {
        return state;
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

    /**
     * Sends bytes with ancillary data, sendmsg(2).
     *
     * @param data what to send
     * @param control the ancillary data, perhaps none
     * @param flags MSG_* bits
     * @param address to whom; null: to whom the socket is connected
     * @return how many bytes the kernel took, which on a stream may be fewer; the ancillary data went with the first
     * @throws IOException if the call failed
     */
    public int sendMsg(byte[] data, List<? extends ControlMessage> control, int flags, @Nullable Sockaddr address)
            throws IOException {
        return messages.send(List.of(MemorySegment.ofArray(data)), control, flags, address);
    }

    /**
     * Sends several arrays as one message.
     *
     * @param data what to send, at most 1024 arrays: with more, EMSGSIZE
     * @param control the ancillary data, perhaps none
     * @param flags MSG_* bits
     * @param address to whom; null: to whom the socket is connected
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int sendMsg(byte[][] data, List<? extends ControlMessage> control, int flags, @Nullable Sockaddr address)
            throws IOException {
        return messages.send(Buffers.of(data), control, flags, address);
    }

    /**
     * Sends what remains in several buffers as one message, and moves their positions on by what the kernel took.
     *
     * @param data what to send, at most 1024 buffers: with more, EMSGSIZE
     * @param control the ancillary data, perhaps none
     * @param flags MSG_* bits
     * @param address to whom; null: to whom the socket is connected
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int sendMsg(ByteBuffer[] data, List<? extends ControlMessage> control, int flags, @Nullable Sockaddr address)
            throws IOException {
        List<MemorySegment> segments =
                Arrays.stream(data).map(Buffers::readable).toList();
        return Buffers.advance(data, messages.send(segments, control, flags, address));
    }

    /**
     * Sends several segments, heap or native, as one message. They are copied on the way; {@link #send(MemorySegment, int)}
     * copies no native memory.
     *
     * @param data what to send, at most 1024 segments: with more, EMSGSIZE
     * @param control the ancillary data, perhaps none
     * @param flags MSG_* bits
     * @param address to whom; null: to whom the socket is connected
     * @return how many bytes the kernel took, which on a stream may be fewer
     * @throws IOException if the call failed
     */
    public int sendMsg(
            List<MemorySegment> data, List<? extends ControlMessage> control, int flags, @Nullable Sockaddr address)
            throws IOException {
        return messages.send(List.copyOf(data), control, flags, address);
    }

    /**
     * Receives bytes with ancillary data, recvmsg(2). No memory is held while it waits.
     *
     * @param maxBytes the most bytes to receive
     * @param maxControlBytes how much room the ancillary data have, a sum of {@link Sockets#cmsgSpace}; 0: none are wanted
     * @param flags MSG_* bits; received descriptors are close-on-exec, always
     * @return what has come; close it where it may carry descriptors
     * @throws IOException if the call failed
     */
    public ReceivedMessage recvMsg(int maxBytes, int maxControlBytes, int flags) throws IOException {
        return messages.recv(maxBytes, maxControlBytes, flags);
    }

    /**
     * Receives bytes with ancillary data into several arrays, filled one after another.
     *
     * @param buffers where to put the bytes, at most 1024 arrays: with more, EMSGSIZE
     * @param maxControlBytes how much room the ancillary data have; 0: none are wanted
     * @param flags MSG_* bits
     * @return what has come; close it where it may carry descriptors
     * @throws IOException if the call failed
     */
    public ReceivedMessageInto recvMsgInto(byte[][] buffers, int maxControlBytes, int flags) throws IOException {
        return messages.recvInto(Buffers.of(buffers), maxControlBytes, flags);
    }

    /**
     * Receives bytes with ancillary data into what remains of several buffers, filled one after another, and moves their
     * positions on.
     *
     * @param buffers where to put the bytes, at most 1024 buffers: with more, EMSGSIZE
     * @param maxControlBytes how much room the ancillary data have; 0: none are wanted
     * @param flags MSG_* bits
     * @return what has come; close it where it may carry descriptors
     * @throws IOException if the call failed
     */
    public ReceivedMessageInto recvMsgInto(ByteBuffer[] buffers, int maxControlBytes, int flags) throws IOException {
        List<MemorySegment> segments =
                Arrays.stream(buffers).map(Buffers::writable).toList();
        ReceivedMessageInto received = messages.recvInto(segments, maxControlBytes, flags);
        Buffers.advance(buffers, received.count());
        return received;
    }

    /**
     * Receives bytes with ancillary data into several segments, heap or native, filled one after another.
     *
     * @param buffers where to put the bytes, at most 1024 segments: with more, EMSGSIZE
     * @param maxControlBytes how much room the ancillary data have; 0: none are wanted
     * @param flags MSG_* bits
     * @return what has come; close it where it may carry descriptors
     * @throws IOException if the call failed
     */
    public ReceivedMessageInto recvMsgInto(List<MemorySegment> buffers, int maxControlBytes, int flags)
            throws IOException {
        List<MemorySegment> segments = buffers.stream().map(Buffers::writable).toList();
        return messages.recvInto(segments, maxControlBytes, flags);
    }

    /**
     * Sends descriptors over a Unix socket, SCM_RIGHTS. They stay open here.
     *
     * @param data bytes to go with them: on a stream at least one, which carries them
     * @param descriptors the numbers, at most 253
     * @return how many bytes the kernel took; all descriptors went with the first
     * @throws IOException if the call failed: EBADF where a number is not open, ETOOMANYREFS
     */
    public int sendFds(byte[] data, int... descriptors) throws IOException {
        if (data.length == 0 && state.kind().isStream()) {
            throw new IllegalArgumentException("on a stream, descriptors go with at least one byte of data");
        }
        return sendMsg(data, List.of(ControlMessage.Rights.of(descriptors)), 0, null);
    }

    /**
     * Receives descriptors over a Unix socket, SCM_RIGHTS, close-on-exec.
     *
     * @param maxBytes the most bytes to receive
     * @param maxDescriptors the most descriptors to receive; those beyond are closed, with MSG_CTRUNC
     * @param flags MSG_* bits
     * @return what has come, to be closed: take the {@link ReceivedMessage#descriptors} before
     * @throws IOException if the call failed
     */
    public ReceivedMessage recvFds(int maxBytes, int maxDescriptors, int flags) throws IOException {
        ControlCodec.requireRange("the number of descriptors", maxDescriptors, 0, Messages.MAX_DESCRIPTORS);
        return recvMsg(maxBytes, ControlCodec.length(maxDescriptors * Integer.BYTES), flags);
    }

    /**
     * Sends the messages of a batch, sendmmsg(2). It waits until the kernel takes the first, and returns when it takes no
     * more: then call it again for the rest.
     *
     * @param batch the messages
     * @param first which to begin with, from 0
     * @param flags MSG_* bits
     * @return how many messages the kernel took, from the first on; an error of a later one is told by the next call
     * @throws IOException if the first message could not be sent
     */
    public int sendMmsg(DatagramBatch batch, int first, int flags) throws IOException {
        return messages.sendBatch(batch, first, flags);
    }

    /**
     * Receives messages into a batch, recvmmsg(2). It waits for the first, and takes what is there.
     *
     * @param batch where to put them; what was in it is gone
     * @param flags MSG_* bits
     * @return how many have come, the batch's size
     * @throws IOException if the call failed
     */
    public int recvMmsg(DatagramBatch batch, int flags) throws IOException {
        return messages.receiveBatch(batch, flags);
    }

    /**
     * Sends a whole file, as {@link #sendFile(Path, long, long)} does.
     *
     * @param file which
     * @return how many bytes were sent: the file's size
     * @throws IOException if it cannot be read or sent
     */
    public long sendFile(Path file) throws IOException {
        return sendFile(file, 0, Long.MAX_VALUE);
    }

    /**
     * Sends a part of a file from inside the kernel, sendfile(2), without bringing the bytes into this process. Where the
     * kernel cannot (no regular file, a file system without support, a path that is not the kernel's), it reads the
     * file and sends what it read.
     *
     * <p>The socket's timeout is one deadline for the whole, and no other sender's bytes come in between, except where
     * the path is no regular file of the kernel's: that is sent as it is read, at most 64 KiB at a time, and nothing but its
     * writer ends the wait for more of it. When the deadline passes, or the thread is interrupted, {@code bytesTransferred} of the exception tells how many bytes were sent (as
     * far as an int can); the message of any other failure tells it too. What the disk has yet to deliver is waited for
     * by the thread itself, up to a MiB at a time: a virtual thread keeps its carrier meanwhile, and neither the
     * timeout nor an interrupt ends that wait.
     *
     * @param file which
     * @param offset where the part begins; behind the end there is nothing to send
     * @param count how long it is, at least 1; Long.MAX_VALUE: up to the end
     * @return how many bytes were sent: fewer than {@code count} where the file ends, or was cut off meanwhile
     * @throws IllegalArgumentException if the offset or the count is out of range
     * @throws IllegalStateException if this is no stream socket, or its timeout is zero
     * @throws IOException if the file cannot be read or sent
     */
    public long sendFile(Path file, long offset, long count) throws IOException {
        return new FileSending(state, offset, count).send(file);
    }

    /**
     * Sends a part of an open file, like {@link #sendFile(Path, long, long)}, but by reading it: Java keeps to itself which
     * descriptor a channel has. For the fast way, give the path. An interrupt closes a channel that is being read, as
     * always.
     *
     * @param file which, readable; in the end, after a failure too, its position is {@code offset} and what was sent
     * @param offset where the part begins, whatever the channel's position; behind the end there is nothing to send
     * @param count how long it is, at least 1; Long.MAX_VALUE: up to the end
     * @return how many bytes were sent: fewer than {@code count} where the file ends
     * @throws IllegalArgumentException if the offset or the count is out of range
     * @throws IllegalStateException if this is no stream socket, or its timeout is zero
     * @throws IOException if the file cannot be read or sent
     */
    public long sendFile(FileChannel file, long offset, long count) throws IOException {
        return new FileSending(state, offset, count).send(file);
    }
}
