package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What every socket has, whatever it is for: its descriptor, timeout, names and options. */
abstract sealed class SocketBase implements Closeable permits SocketIo {

    private static final int F_GETFD = Abi.value("F_GETFD");
    private static final int F_SETFD = Abi.value("F_SETFD");
    private static final int FD_CLOEXEC = Abi.value("FD_CLOEXEC");

    private final SystemCalls calls;
    private final SocketKind kind;
    private final Handle handle;

    private volatile long timeoutNanos;

    /** A connect that was given up on may still come about. */
    private volatile boolean connecting;

    /** SO_LINGER may be set: then close(2) may wait. */
    private volatile boolean mayLinger;

    /** Accepted sockets inherit the option that made it so. */
    private volatile boolean distrustsShortReads;

    /** Who was at the other end, for error messages: the kernel forgets it when the connection breaks. */
    private volatile @Nullable Sockaddr lastPeer;

    /** Nothing more comes: the kernel tells a datagram socket that does not wait of it by EAGAIN. */
    private volatile boolean shutForReading;

    /** Nothing more goes: EPIPE is no news of the peer then. */
    private volatile boolean shutForWriting;

    SocketBase(SystemCalls calls, SocketKind kind, Handle handle, long timeoutNanos, boolean mayLinger) {
        this.calls = calls;
        this.kind = kind;
        this.timeoutNanos = timeoutNanos;
        this.mayLinger = mayLinger;
        this.handle = handle;
    }

    /**
     * The address family.
     *
     * @return an AF_* number
     */
    public int family() {
        return kind.family();
    }

    /**
     * The type.
     *
     * @return a SOCK_* number without SOCK_NONBLOCK and SOCK_CLOEXEC
     */
    public int type() {
        return kind.type();
    }

    /**
     * The protocol that the socket was made with.
     *
     * @return an IPPROTO_* number; 0 where the type implied it
     */
    public int protocol() {
        return kind.protocol();
    }

    /**
     * The number of the descriptor. It is the kernel's as soon as the socket is closed, and then perhaps another
     * socket's: use it where nobody closes the socket meanwhile.
     *
     * @return the number, or -1 where the socket is closed, with all files made from it
     */
    public int fileno() {
        return handle.fileno();
    }

    /**
     * Whether this socket was closed or detached. Files made from it may still be open.
     *
     * @return true after {@link #close} and {@link #detach}
     */
    public boolean isClosed() {
        return handle.isClosed();
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
        checkClosed(handle.close(mayLinger), transport());
    }

    /**
     * Gives the descriptor away, open: whoever gets the number closes it. Files made from the socket end. It blocks
     * again, as a C program expects, unless the socket has a timeout.
     *
     * @return the number, or -1 where the socket was closed before
     * @throws IOException if the descriptor's flags cannot be set; it is closed then
     */
    public int detach() throws IOException {
        int fd = handle.detach();
        if (fd < 0) {
            return -1;
        }
        int result = timeoutNanos < 0 ? SocketKind.setNonBlocking(calls, fd, false) : 0;
        if (result < 0) {
            calls.close(fd);
            throw Errors.ofCall("detach", transport(), "fcntl", result);
        }
        return fd;
    }

    /**
     * Sets how long a call may wait.
     *
     * @param timeout null: as long as it takes; zero: not at all; else until it has passed, once for each call; the
     *     longest is 292 years, as nanoseconds of a long
     * @throws IllegalArgumentException if the timeout is negative
     */
    public void setTimeout(@Nullable Duration timeout) {
        timeoutNanos = Timeouts.nanos(timeout);
    }

    /**
     * How long a call may wait.
     *
     * @return null: as long as it takes; zero: not at all
     */
    public @Nullable Duration getTimeout() {
        return Timeouts.duration(timeoutNanos);
    }

    /**
     * Sets the timeout to null or to zero.
     *
     * @param blocking whether calls may wait
     */
    public void setBlocking(boolean blocking) {
        timeoutNanos = blocking ? Timeouts.NONE : 0;
    }

    /**
     * Whether calls may wait.
     *
     * @return false where the timeout is zero
     */
    public boolean getBlocking() {
        return timeoutNanos != 0;
    }

    /**
     * Whether child processes that are started from now on inherit the descriptor.
     *
     * @return false, unless {@link #setInheritable} made it so
     * @throws IOException if the socket is closed
     */
    public boolean getInheritable() throws IOException {
        long flags = handle.now(() -> calls.fcntl(fd(), F_GETFD, 0));
        return (check("getInheritable", "fcntl", flags) & FD_CLOEXEC) == 0;
    }

    /**
     * Sets whether child processes that are started from now on inherit the descriptor.
     *
     * @param inheritable whether they do
     * @throws IOException if the socket is closed
     */
    public void setInheritable(boolean inheritable) throws IOException {
        int flags = inheritable ? 0 : FD_CLOEXEC;
        check("setInheritable", "fcntl", handle.now(() -> calls.fcntl(fd(), F_SETFD, flags)));
    }

    /**
     * The socket's own address, getsockname(2).
     *
     * @return the address; of an unbound Internet socket, port 0
     * @throws IOException if the socket is closed
     */
    public Sockaddr getSockName() throws IOException {
        SockaddrBuffer name = new SockaddrBuffer();
        check("getSockName", "getsockname", sockName(handle, name));
        return nameOf(name);
    }

    /**
     * The connected peer's address, getpeername(2).
     *
     * @return the address
     * @throws IOException if the socket is closed, or ENOTCONN
     */
    public Sockaddr getPeerName() throws IOException {
        SockaddrBuffer name = new SockaddrBuffer();
        check("getPeerName", "getpeername", peerName(handle, name));
        return nameOf(name);
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
        return OptionCalls.get(this, option);
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
        return OptionCalls.getInt(this, level, option);
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
        return OptionCalls.get(this, level, option, maxBytes);
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
        OptionCalls.set(this, option, value);
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
        OptionCalls.set(this, level, option, value);
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
        OptionCalls.setLength(this, level, option, length);
    }

    /** Notes what an option that is about to be set changes here. */
    void settingOption(int level, int option) {
        if (level == Constants.SOL_SOCKET && option == Constants.SO_LINGER) {
            mayLinger = true;
        }
        boolean lowWater = level == Constants.SOL_SOCKET && option == Constants.SO_RCVLOWAT;
        if (lowWater || (level == Constants.SOL_TCP && option == Constants.TCP_ULP)) {
            distrustShortReads();
        }
    }

    /**
     * Shuts down one direction or both, shutdown(2). Whoever waits in that direction wakes, as at the end of a stream.
     *
     * @param how SHUT_RD, SHUT_WR or SHUT_RDWR
     * @throws IOException if the kernel refuses: ENOTCONN, EINVAL
     */
    public void shutdown(int how) throws IOException {
        boolean readingBefore = shutForReading;
        boolean writingBefore = shutForWriting;
        // Before the call, which wakes whoever waits.
        shutForReading = readingBefore || how == Constants.SHUT_RD || how == Constants.SHUT_RDWR;
        shutForWriting = writingBefore || how == Constants.SHUT_WR || how == Constants.SHUT_RDWR;
        long result = handle.now(() -> calls.shutdown(fd(), how));
        // Linux shuts an unconnected datagram socket down and says ENOTCONN all the same.
        if (result < 0 && result != -Errno.ENOTCONN) {
            shutForReading = readingBefore;
            shutForWriting = writingBefore;
        }
        check("shutdown", "shutdown", result);
    }

    @Override
    public String toString() {
        if (fileno() < 0) {
            return "Socket[" + transport() + " closed]";
        }
        Sockaddr local = localOrNull(handle);
        Sockaddr remote = remoteOrNull(handle);
        return "Socket[" + transport() + (local == null ? "" : " " + local) + (remote == null ? "" : " -> " + remote)
                + " fd=" + fileno() + (isClosed() ? " closed, files open" : "") + "]";
    }

    SystemCalls calls() {
        return calls;
    }

    Handle handle() {
        return handle;
    }

    SocketKind kind() {
        return kind;
    }

    /** The number, for use within a call of the handle. */
    int fd() {
        return handle.descriptor().fd();
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    boolean mayLinger() {
        return mayLinger;
    }

    boolean isShutForReading() {
        return shutForReading;
    }

    boolean isShutForWriting() {
        return shutForWriting;
    }

    boolean isConnecting() {
        return connecting;
    }

    void setConnecting(boolean connecting) {
        this.connecting = connecting;
    }

    String transport() {
        return kind.transport();
    }

    /** The socket's own address as far as it is known: for error messages. The handle is the one in use. */
    @Nullable
    Sockaddr localOrNull(Handle through) {
        SockaddrBuffer name = new SockaddrBuffer();
        Sockaddr local = sockName(through, name) < 0 ? null : name.get();
        return kind.isUnset(local) ? null : local;
    }

    /** The connected peer as far as it is known: for error messages. The handle is the one in use. */
    @Nullable
    Sockaddr remoteOrNull(Handle through) {
        SockaddrBuffer name = new SockaddrBuffer();
        Sockaddr remote = peerName(through, name) < 0 ? lastPeer : name.get();
        return kind.isUnset(remote) ? null : remote;
    }

    /** Somebody may have set an option under which a TCP read ends early, or the kernel sends no edge. */
    void distrustShortReads() {
        distrustsShortReads = true;
        handle.descriptor().reading().distrustShortReads();
    }

    boolean distrustsShortReads() {
        return distrustsShortReads;
    }

    @Nullable
    Sockaddr lastPeer() {
        return lastPeer;
    }

    void rememberPeer(@Nullable Sockaddr peer) {
        lastPeer = peer;
    }

    /** What is known of the kernel's socket, for a duplicate, which has the same. */
    void learnFrom(SocketBase original) {
        lastPeer = original.remoteOrNull(original.handle);
        shutForReading = original.shutForReading;
        shutForWriting = original.shutForWriting;
    }

    private long sockName(Handle through, SockaddrBuffer name) {
        return through.now(() -> calls.getSockName(fd(), name.address(), name.length()));
    }

    private long peerName(Handle through, SockaddrBuffer name) {
        return through.now(() -> calls.getPeerName(fd(), name.address(), name.length()));
    }

    private Sockaddr nameOf(SockaddrBuffer name) {
        Sockaddr address = kind.orUnnamed(name.get());
        return address != null ? address : new SockaddrOther(kind.family(), new byte[0]);
    }

    Attempt attempt(String operation, String systemCall) {
        return new Attempt(this, handle, operation, systemCall);
    }

    IOException failure(String operation, String systemCall, long code) {
        return Errors.of(attempt(operation, systemCall), code, null);
    }

    int check(String operation, String systemCall, long result) throws IOException {
        if (result < 0) {
            throw failure(operation, systemCall, result);
        }
        return (int) result;
    }

    /** Throws what close(2) has reported, if that matters. */
    static void checkClosed(int result, String what) throws IOException {
        // After EINTR the descriptor is gone as well; ECONNRESET tells of the peer, who is none of our concern any
        // more.
        boolean fine = result >= 0 || result == Outcome.CLOSED || result == -Errno.ECONNRESET || result == -Errno.EINTR;
        if (!fine) {
            throw Errors.ofCall("close", what, "close", result);
        }
    }
}
