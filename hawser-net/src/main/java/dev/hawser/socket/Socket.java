package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * A BSD socket, of any family and type that the kernel has. The methods are the calls of socket(7) and of CPython's
 * {@code socket} object; {@link Sockets} has the functions that make sockets.
 *
 * <h2>Threading</h2>
 * Safe from any thread. One call at a time reads, and one writes: a second reader waits for the first, so that the bytes
 * of two {@link #sendAll} never mix. Any thread may {@link #close}: every call in flight ends with a
 * {@link SocketClosedException}, and the descriptor's number goes back to the kernel only after the last has left.
 *
 * <h2>Blocking and timeouts</h2>
 * A thread that must wait parks: a virtual thread leaves its carrier, a platform thread can be interrupted. How long it
 * waits is the socket's timeout: null, as long as it takes; zero, not at all ({@link WouldBlockException}); else until
 * it has passed ({@link TimedOutException}). It is one deadline for the whole call, also of {@code sendAll}. MSG_DONTWAIT
 * makes one call non-blocking, whatever the timeout. An interrupt ends the wait with a {@link SocketInterruptedException}
 * and leaves the socket usable. The descriptor itself is always non-blocking.
 *
 * <h2>Errors</h2>
 * All exceptions are {@link SocketError}s, which lists them. A buffer or a number out of range is an
 * {@link IllegalArgumentException} or {@link IndexOutOfBoundsException} before any system call. SIGPIPE is never raised.
 *
 * <h2>Platform notes</h2>
 * Descriptors are close-on-exec, adopted ones too, until {@link #setInheritable} says otherwise. SO_RCVTIMEO and
 * SO_SNDTIMEO have no effect, as the descriptor never waits: use {@link #setTimeout}. MSG_OOB and MSG_ERRQUEUE receive
 * without waiting, and without taking turns with other readers. A Unix {@code connect} to a listener whose backlog is full tries again until the
 * deadline, as the kernel does not tell when there is room.
 *
 * <p>Source: socket(2), bind(2), listen(2), accept(2), connect(2), recv(2), send(2); PEP 446, PEP 475.
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="client"}
 */
public final class Socket extends SocketBase {

    private final Transfers transfers;

    /**
     * A new socket with the protocol that the type implies.
     *
     * @param family an AF_* number
     * @param type a SOCK_* number; SOCK_NONBLOCK may be added
     * @throws IOException if the kernel refuses: EAFNOSUPPORT, EPROTONOSUPPORT, EPERM, EMFILE, ENFILE, ...
     */
    public Socket(int family, int type) throws IOException {
        this(family, type, 0);
    }

    /**
     * A new socket.
     *
     * @param family an AF_* number
     * @param type a SOCK_* number; SOCK_NONBLOCK may be added, as setting the timeout to zero
     * @param protocol an IPPROTO_* number, or 0 for the one that the type implies
     * @throws IOException if the kernel refuses: EAFNOSUPPORT, EPROTONOSUPPORT, EPERM, EMFILE, ENFILE, ...
     */
    public Socket(int family, int type, int protocol) throws IOException {
        this(SystemCalls.installed(), new SocketKind(family, SocketKind.withoutFlags(type), protocol), type);
    }

    private Socket(SystemCalls calls, SocketKind kind, int typeWithFlags) throws IOException {
        this(calls, kind, SocketKind.open(calls, kind), Sockets.initialTimeoutNanos(typeWithFlags), false);
    }

    /** Takes charge of a non-blocking, close-on-exec descriptor. */
    Socket(SystemCalls calls, SocketKind kind, int fd, long timeoutNanos, boolean mayLinger) {
        super(calls, kind, fd, timeoutNanos, mayLinger);
        this.transfers = new Transfers(this, handle());
    }

    /**
     * Gives the socket an address, bind(2).
     *
     * @param address of the socket's family; port 0 lets the kernel choose
     * @throws BindFailedException if the kernel refuses: EADDRINUSE, EADDRNOTAVAIL, EACCES, ...
     * @throws IOException if the socket is closed
     */
    public void bind(Sockaddr address) throws IOException {
        MemorySegment name = SockaddrCodec.encode(address);
        long result = handle().now(() -> calls().bind(fd(), name, (int) name.byteSize()));
        if (result < 0) {
            throw failure("bind", result, timeoutNanos(), address);
        }
    }

    /**
     * Listens with CPython's backlog, 128.
     *
     * @throws IOException if the kernel refuses
     */
    public void listen() throws IOException {
        listen(Sockets.DEFAULT_BACKLOG);
    }

    /**
     * Listens for connections, listen(2).
     *
     * @param backlog how many may wait to be accepted; negative: 0; the kernel cuts it to its own limit
     * @throws IOException if the kernel refuses: EADDRINUSE, EOPNOTSUPP, ...
     */
    public void listen(int backlog) throws IOException {
        check("listen", "listen", handle().now(() -> calls().listen(fd(), Math.max(0, backlog))));
    }

    /**
     * Waits for a connection, accept(2). Connections that broke before they were accepted are passed over. The new
     * socket's timeout is the default one, whatever this socket's is.
     *
     * @return the connection
     * @throws IOException if the kernel refuses: EINVAL where the socket does not listen, EMFILE, ENFILE, ...
     */
    public Accepted accept() throws IOException {
        SockaddrBuffer peer = new SockaddrBuffer();
        int flags = Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK;
        long timeout = timeoutNanos();
        long fd = handle().perform(handle().descriptor().reading(), Deadline.after(timeout), () -> {
            int accepted;
            do {
                peer.reset();
                accepted = calls().accept4(fd(), peer.address(), peer.length(), flags);
            } while (SocketKind.brokeBeforeAccept(accepted));
            return accepted;
        });
        if (fd < 0) {
            throw Errors.of(new Attempt(this, handle(), "accept", "accept4").within(timeout), fd, null);
        }
        Accepted accepted = accepted((int) fd, peer);
        accepted.socket().rememberPeer(accepted.address());
        if (distrustsShortReads()) {
            accepted.socket().distrustShortReads();
        }
        return accepted;
    }

    private Accepted accepted(int fd, SockaddrBuffer peer) {
        try {
            Sockaddr address = kind().orUnnamed(peer.get());
            return new Accepted(new Socket(calls(), kind(), fd, Sockets.initialTimeoutNanos(0), mayLinger()), address);
        } catch (RuntimeException | Error e) {
            calls().close(fd); // nobody else knows the number
            throw e;
        }
    }

    /**
     * Connects, connect(2). A non-blocking socket throws {@link WouldBlockException} with EINPROGRESS and goes on in the
     * background. A connect that timed out or was interrupted goes on too: calling again waits for it.
     *
     * @param address the peer; of a datagram socket, the only one from then on
     * @throws IOException if no connection came about
     */
    public void connect(Sockaddr address) throws IOException {
        long timeout = timeoutNanos();
        long result = new Connecting(this, handle(), address, Deadline.after(timeout)).connect();
        if (result < 0) {
            throw failure("connect", result, timeout, address);
        }
    }

    /**
     * Connects, and returns the error of the kernel instead of throwing it.
     *
     * @param address the peer
     * @return 0, or an errno: EINPROGRESS on a non-blocking socket, EAGAIN when the timeout passed, EBADF where the
     *     socket is closed
     * @throws SocketInterruptedException if the thread was interrupted
     */
    public int connectEx(Sockaddr address) throws IOException {
        long timeout = timeoutNanos();
        long result = new Connecting(this, handle(), address, Deadline.after(timeout)).connect();
        if (result == Outcome.INTERRUPTED) {
            throw failure("connect", result, timeout, address);
        }
        return result == Outcome.TIMED_OUT
                ? Errno.EAGAIN
                : result == Outcome.CLOSED ? Errno.EBADF : Outcome.errno(result);
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
     * A second socket on the same kernel socket, with a descriptor and a life of its own, and with this one's timeout.
     *
     * @return the duplicate, close-on-exec
     * @throws IOException if the kernel refuses: EMFILE
     */
    public Socket dup() throws IOException {
        int fd = check("dup", "fcntl", handle().now(() -> SocketKind.duplicate(calls(), fd())));
        Socket duplicate = new Socket(calls(), kind(), fd, timeoutNanos(), mayLinger());
        duplicate.learnFrom(this);
        // An option that is set on one holds for both.
        distrustShortReads();
        duplicate.distrustShortReads();
        return duplicate;
    }

    /**
     * A stream that reads from the socket, {@code makefile("rb", buffering=0)} in Python. The socket's timeout applies.
     * The descriptor stays open until the socket and all its files are closed, in any order. A timed out read has lost
     * nothing, and may be repeated.
     *
     * @return the stream
     * @throws SocketClosedException if the socket is closed
     */
    public InputStream makeFileInput() throws IOException {
        return SocketFiles.input(this);
    }

    /**
     * A stream that writes to the socket without a buffer, all of each array, {@code makefile("wb", buffering=0)} in
     * Python. Lifetime and timeout are as for {@link #makeFileInput}.
     *
     * @return the stream
     * @throws SocketClosedException if the socket is closed
     */
    public OutputStream makeFileOutput() throws IOException {
        return SocketFiles.output(this);
    }

    /**
     * A reader of text, buffered. Lifetime and timeout are as for {@link #makeFileInput}: a {@code readLine} that timed out
     * may be repeated, and then returns the whole line.
     *
     * @param charset the text's encoding; what is no text in it becomes U+FFFD
     * @return the reader
     * @throws SocketClosedException if the socket is closed
     */
    public BufferedReader makeFileReader(Charset charset) throws IOException {
        return new PatientReader(new InputStreamReader(makeFileInput(), charset));
    }

    /**
     * A writer of text, buffered: flush it. Lifetime and timeout are as for {@link #makeFileInput}.
     *
     * @param charset the text's encoding
     * @return the writer
     * @throws SocketClosedException if the socket is closed
     */
    public Writer makeFileWriter(Charset charset) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(makeFileOutput(), charset));
    }

    /** Of an operation on an address that the caller named, and that has the name of its system call. */
    private IOException failure(String operation, long code, long timeout, Sockaddr named) {
        return Errors.of(new Attempt(this, handle(), operation, operation).within(timeout), code, named);
    }
}
