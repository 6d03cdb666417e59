package dev.hawser.socket;

import dev.hawser.io.PatientReader;
import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
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
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;

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
public final class Socket extends SocketIo {

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
        this(calls, kind, Handle.open(calls, fd), timeoutNanos, mayLinger);
    }

    private Socket(SystemCalls calls, SocketKind kind, Handle handle, long timeoutNanos, boolean mayLinger) {
        super(calls, kind, handle, timeoutNanos, mayLinger);
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
        SockaddrBuffer peer = SockaddrBuffer.ofPeer(kind());
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
     * <p>The socket's timeout is one deadline for the whole, and no other sender's bytes come in between. When the deadline
     * passes, or the thread is interrupted, {@code bytesTransferred} of the exception tells how many bytes were sent (as
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
        return new FileSending(this, offset, count).send(file);
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
        return new FileSending(this, offset, count).send(file);
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
     * A second socket on the same descriptor, with a timeout and a life of its own, and with this one's timeout to begin
     * with: as {@link #dup}, without another descriptor. The descriptor stays open until all that share it are closed,
     * in any order. A reader and a writer that share a socket can each have deadlines of their own.
     *
     * @return the other socket
     * @throws SocketClosedException if the socket is closed
     */
    public Socket share() throws IOException {
        Socket other = new Socket(calls(), kind(), SocketFiles.share(this, "share"), timeoutNanos(), mayLinger());
        other.learnFrom(this);
        return other;
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
