package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a socket is made of, whatever it is for: its descriptor, its kind and timeout, and what is known of the kernel's
 * socket. The classes that do a socket's work share it.
 */
final class SocketState {

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

    /** An error that came behind bytes, as -errno, or 0: the kernel has told it, and will not again. */
    private volatile long lateError;

    /** Nothing more goes: EPIPE is no news of the peer then. */
    private volatile boolean shutForWriting;

    SocketState(SystemCalls calls, SocketKind kind, Handle handle, long timeoutNanos, boolean mayLinger) {
        this.calls = calls;
        this.kind = kind;
        this.timeoutNanos = timeoutNanos;
        this.mayLinger = mayLinger;
        this.handle = handle;
    }

    void close() throws IOException {
        checkClosed(handle.close(mayLinger), transport());
    }

    int detach() throws IOException {
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

    boolean getInheritable() throws IOException {
        long flags = handle.now(() -> calls.fcntl(fd(), F_GETFD, 0));
        return (check("getInheritable", "fcntl", flags) & FD_CLOEXEC) == 0;
    }

    void setInheritable(boolean inheritable) throws IOException {
        int flags = inheritable ? 0 : FD_CLOEXEC;
        check("setInheritable", "fcntl", handle.now(() -> calls.fcntl(fd(), F_SETFD, flags)));
    }

    Sockaddr getSockName() throws IOException {
        SockaddrBuffer name = new SockaddrBuffer();
        check("getSockName", "getsockname", sockName(handle, name));
        return nameOf(name);
    }

    Sockaddr getPeerName() throws IOException {
        SockaddrBuffer name = new SockaddrBuffer();
        check("getPeerName", "getpeername", peerName(handle, name));
        return nameOf(name);
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

    void shutdown(int how) throws IOException {
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
        if (handle.fileno() < 0) {
            return "Socket[" + transport() + " closed]";
        }
        Sockaddr local = localOrNull(handle);
        Sockaddr remote = remoteOrNull(handle);
        return "Socket[" + transport() + (local == null ? "" : " " + local) + (remote == null ? "" : " -> " + remote)
                + " fd=" + handle.fileno() + (handle.isClosed() ? " closed, files open" : "") + "]";
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

    void setTimeoutNanos(long nanos) {
        timeoutNanos = nanos;
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

    /** Keeps an error for the next call that receives, as recv(2) does where it has bytes to return. */
    void keepError(long result) {
        boolean tellsOfWaiting = result == -Errno.EAGAIN || result == -Errno.EINTR || result == Outcome.CLOSED;
        if (result < 0 && !tellsOfWaiting) {
            lateError = result;
        }
    }

    /** The error that was kept, once, or 0. */
    long takeError() {
        long kept = lateError;
        if (kept != 0) {
            lateError = 0;
        }
        return kept;
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
    void learnFrom(SocketState original) {
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
