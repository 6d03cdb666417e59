package dev.hawser.socket;

import dev.hawser.io.PatientReader;
import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Timeouts;
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
import java.nio.charset.Charset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
public final class Socket extends SocketIo implements HasFileno {

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
     * The address family.
     *
     * @return an AF_* number
     */
    public int family() {
        return state().kind().family();
    }

    /**
     * The type.
     *
     * @return a SOCK_* number without SOCK_NONBLOCK and SOCK_CLOEXEC
     */
    public int type() {
        return state().kind().type();
    }

    /**
     * The protocol that the socket was made with.
     *
     * @return an IPPROTO_* number; 0 where the type implied it
     */
    public int protocol() {
        return state().kind().protocol();
    }

    /**
     * The number of the descriptor. It is the kernel's as soon as the socket is closed, and then perhaps another
     * socket's: use it where nobody closes the socket meanwhile.
     *
     * @return the number, or -1 where the socket is closed, with all files made from it
     */
    @Override
    public int fileno() {
        return state().handle().fileno();
    }

    /**
     * Whether this socket was closed or detached. Files made from it may still be open.
     *
     * @return true after {@link #close} and {@link #detach}
     */
    public boolean isClosed() {
        return state().handle().isClosed();
    }

    /**
     * Closes the socket, from any thread, and wakes every thread that waits in one of its calls with a
     * {@link SocketClosedException}. The descriptor is closed when the last file made from the socket is. Closing twice
     * is fine. With SO_LINGER set, it waits for the peer to acknowledge what was sent.
     *
     * @throws IOException if close(2) reports an error other than ECONNRESET; the socket is closed all the same
     */
    @Override
    public void close() throws IOException {
        state().close();
    }

    /**
     * Gives the descriptor away, open: whoever gets the number closes it. Files made from the socket end. It blocks
     * again, as a C program expects, unless the socket has a timeout.
     *
     * @return the number, or -1 where the socket was closed before
     * @throws IOException if the descriptor's flags cannot be set; it is closed then
     */
    public int detach() throws IOException {
        return state().detach();
    }

    /**
     * Sets how long a call may wait.
     *
     * @param timeout null: as long as it takes; zero: not at all; else until it has passed, once for each call; the
     *     longest is 292 years, as nanoseconds of a long
     * @throws IllegalArgumentException if the timeout is negative
     */
    public void setTimeout(@Nullable Duration timeout) {
        state().setTimeoutNanos(Timeouts.nanos(timeout));
    }

    /**
     * How long a call may wait.
     *
     * @return null: as long as it takes; zero: not at all
     */
    public @Nullable Duration getTimeout() {
        return Timeouts.duration(state().timeoutNanos());
    }

    /**
     * Sets the timeout to null or to zero.
     *
     * @param blocking whether calls may wait
     */
    public void setBlocking(boolean blocking) {
        state().setTimeoutNanos(blocking ? Timeouts.NONE : 0);
    }

    /**
     * Whether calls may wait.
     *
     * @return false where the timeout is zero
     */
    public boolean getBlocking() {
        return state().timeoutNanos() != 0;
    }

    /**
     * Whether child processes that are started from now on inherit the descriptor.
     *
     * @return false, unless {@link #setInheritable} made it so
     * @throws IOException if the socket is closed
     */
    public boolean getInheritable() throws IOException {
        return state().getInheritable();
    }

    /**
     * Sets whether child processes that are started from now on inherit the descriptor.
     *
     * @param inheritable whether they do
     * @throws IOException if the socket is closed
     */
    public void setInheritable(boolean inheritable) throws IOException {
        state().setInheritable(inheritable);
    }

    /**
     * The socket's own address, getsockname(2).
     *
     * @return the address; of an unbound Internet socket, port 0
     * @throws IOException if the socket is closed
     */
    public Sockaddr getSockName() throws IOException {
        return state().getSockName();
    }

    /**
     * The connected peer's address, getpeername(2).
     *
     * @return the address
     * @throws IOException if the socket is closed, or ENOTCONN
     */
    public Sockaddr getPeerName() throws IOException {
        return state().getPeerName();
    }

    /**
     * Reads an option, getsockopt(2).
     *
     * @param option which
     * @param <T> the type of its value
     * @return its value
     * @throws IOException if the kernel refuses: ENOPROTOOPT where the kernel or the socket has no such option; or if
     *     its answer is shorter or longer than the option's type is
     * @throws UnsupportedOperationException if the option can be set only
     */
    public <T> T getSockOpt(SocketOption<T> option) throws IOException {
        return OptionCalls.get(state(), option);
    }

    /**
     * Reads an option whose value is a C int.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param option the option's number
     * @return its value; of an option that the kernel answers with one byte or two, their number; with none, 0
     * @throws IOException if the kernel refuses
     */
    public int getSockOpt(int level, int option) throws IOException {
        return OptionCalls.getInt(state(), level, option);
    }

    /**
     * Reads an option of any type.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param option the option's number
     * @param maxBytes how much room to give the kernel, 1 to 65536
     * @return the bytes that the kernel wrote
     * @throws IOException if the kernel refuses
     */
    public byte[] getSockOpt(int level, int option, int maxBytes) throws IOException {
        return OptionCalls.get(state(), level, option, maxBytes);
    }

    /**
     * Sets an option, setsockopt(2).
     *
     * @param option which
     * @param value its value
     * @param <T> the type of its value
     * @throws IOException if the kernel refuses: ENOPROTOOPT where the kernel or the socket has no such option
     * @throws IllegalArgumentException if no such option can have the value
     * @throws UnsupportedOperationException if the option can be read only
     */
    public <T> void setSockOpt(SocketOption<T> option, T value) throws IOException {
        OptionCalls.set(state(), option, value);
    }

    /**
     * Sets an option whose value is a C int.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param option the option's number
     * @param value its value
     * @throws IOException if the kernel refuses
     */
    public void setSockOpt(int level, int option, int value) throws IOException {
        setSockOpt(level, option, CBytes.ints(value));
    }

    /**
     * Sets an option of any type.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param option the option's number
     * @param value the bytes of its value
     * @throws IOException if the kernel refuses
     */
    public void setSockOpt(int level, int option, byte[] value) throws IOException {
        OptionCalls.set(state(), level, option, value);
    }

    /**
     * Sets an option that takes a length and no bytes: the kernel gets a null pointer. Python writes {@code None} for
     * the value. ALG_SET_AEAD_AUTHSIZE is such an option.
     *
     * @param level a SOL_* or IPPROTO_* number
     * @param option the option's number
     * @param length the length, 0 or more
     * @throws IOException if the kernel refuses: EFAULT where the option does take bytes
     */
    public void setSockOptLength(int level, int option, int length) throws IOException {
        OptionCalls.setLength(state(), level, option, length);
    }

    /**
     * Shuts down one direction or both, shutdown(2). Whoever waits in that direction wakes, as at the end of a stream.
     *
     * @param how SHUT_RD, SHUT_WR or SHUT_RDWR
     * @throws IOException if the kernel refuses: ENOTCONN, EINVAL
     */
    public void shutdown(int how) throws IOException {
        state().shutdown(how);
    }

    @Override
    public String toString() {
        return state().toString();
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
        long result = state().handle().now(() -> state().calls().bind(state().fd(), name, (int) name.byteSize()));
        if (result < 0) {
            throw failure("bind", result, state().timeoutNanos(), address);
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
        state().check(
                        "listen",
                        "listen",
                        state().handle().now(() -> state().calls().listen(state().fd(), Math.max(0, backlog))));
    }

    /**
     * Waits for a connection, accept(2). Connections that broke before they were accepted are passed over. The new
     * socket's timeout is the default one, whatever this socket's is.
     *
     * @return the connection
     * @throws IOException if the kernel refuses: EINVAL where the socket does not listen, EMFILE, ENFILE, ...
     */
    public Accepted accept() throws IOException {
        long timeout = state().timeoutNanos();
        SockaddrBuffer peer = SockaddrBuffer.ofPeer(state().kind());
        return accepted(acceptUntil(Deadline.after(timeout), peer), peer, timeout, false);
    }

    /**
     * Takes a connection that waits already, whatever the timeout of this socket is: for servers that learn elsewhere when to
     * accept. Otherwise it is {@link #accept}. A socket that is lost is reported with the stack that opened this one.
     *
     * @return the connection, or null where none waits
     * @throws IOException if the kernel refuses
     */
    public @Nullable Accepted acceptNow() throws IOException {
        SockaddrBuffer peer = SockaddrBuffer.ofPeer(state().kind());
        long fd = acceptUntil(Deadline.NOW, peer);
        return fd == -Errno.EAGAIN ? null : accepted(fd, peer, 0, true);
    }

    private long acceptUntil(long deadline, SockaddrBuffer peer) {
        int flags = Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK;
        return state().handle().perform(state().handle().descriptor().reading(), deadline, () -> {
            int accepted;
            do {
                peer.reset();
                accepted = state().calls().accept4(state().fd(), peer.address(), peer.length(), flags);
            } while (SocketKind.brokeBeforeAccept(accepted));
            return accepted;
        });
    }

    private Accepted accepted(long fd, SockaddrBuffer peer, long timeout, boolean inLoop) throws IOException {
        if (fd < 0) {
            throw Errors.of(new Attempt(state(), state().handle(), "accept", "accept4").within(timeout), fd, null);
        }
        Accepted accepted = accepted((int) fd, peer, inLoop);
        accepted.socket().state().rememberPeer(accepted.address());
        if (state().distrustsShortReads()) {
            accepted.socket().state().distrustShortReads();
        }
        return accepted;
    }

    private Accepted accepted(int fd, SockaddrBuffer peer, boolean inLoop) {
        SystemCalls calls = state().calls();
        try {
            Sockaddr address = state().kind().orUnnamed(peer.get());
            Handle handle = inLoop ? state().handle().openAccepted(calls, fd) : Handle.open(calls, fd);
            long timeout = Sockets.initialTimeoutNanos(0);
            return new Accepted(new Socket(calls, state().kind(), handle, timeout, state().mayLinger()), address);
        } catch (RuntimeException | Error e) {
            calls.close(fd); // nobody else knows the number
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
        long timeout = state().timeoutNanos();
        long result = new Connecting(state(), state().handle(), address, Deadline.after(timeout)).connect();
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
        long timeout = state().timeoutNanos();
        long result = new Connecting(state(), state().handle(), address, Deadline.after(timeout)).connect();
        if (result == Outcome.INTERRUPTED) {
            throw failure("connect", result, timeout, address);
        }
        return result == Outcome.TIMED_OUT
                ? Errno.EAGAIN
                : result == Outcome.CLOSED ? Errno.EBADF : Outcome.errno(result);
    }

    /**
     * Asks how a connect went that has gone on in the background, once the socket is writable. It never waits.
     *
     * @return true where there is a connection; false while the connect goes on
     * @throws IOException why no connection came about; ENOTCONN where none was tried
     */
    public boolean finishConnect() throws IOException {
        Sockaddr peer = state().lastPeer();
        Sockaddr address = peer != null ? peer : new SockaddrOther(Constants.AF_UNSPEC, new byte[0]);
        long result = new Connecting(state(), state().handle(), address, Deadline.NOW).finish();
        if (result < 0 && result != -Errno.EALREADY) {
            throw failure("connect", result, 0, address);
        }
        return result == 0;
    }

    /**
     * A second socket on the same kernel socket, with a descriptor and a life of its own, and with this one's timeout.
     *
     * @return the duplicate, close-on-exec
     * @throws IOException if the kernel refuses: EMFILE
     */
    public Socket dup() throws IOException {
        int fd = state().check(
                        "dup",
                        "fcntl",
                        state().handle().now(() -> SocketKind.duplicate(state().calls(), state().fd())));
        Socket duplicate = new Socket(state().calls(), state().kind(), fd, state().timeoutNanos(), state().mayLinger());
        duplicate.state().learnFrom(state());
        // An option that is set on one holds for both.
        state().distrustShortReads();
        duplicate.state().distrustShortReads();
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
        Socket other = new Socket(
                state().calls(),
                state().kind(),
                SocketFiles.share(state(), "share"),
                state().timeoutNanos(),
                state().mayLinger());
        other.state().learnFrom(state());
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
        return SocketFiles.input(state());
    }

    /**
     * A stream that writes to the socket without a buffer, all of each array, {@code makefile("wb", buffering=0)} in
     * Python. Lifetime and timeout are as for {@link #makeFileInput}.
     *
     * @return the stream
     * @throws SocketClosedException if the socket is closed
     */
    public OutputStream makeFileOutput() throws IOException {
        return SocketFiles.output(state());
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
        return Errors.of(new Attempt(state(), state().handle(), operation, operation).within(timeout), code, named);
    }
}
