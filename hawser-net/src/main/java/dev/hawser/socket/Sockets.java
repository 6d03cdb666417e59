package dev.hawser.socket;

import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of CPython's {@code socket} module: they make sockets, connected, listening, in pairs and from
 * descriptors. Names are looked up by {@link NameService}.
 *
 * <h2>Threading</h2>
 * Safe from any thread. The default timeout is one for the whole program.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is null, as long as it takes; zero, not at all; or a time. New sockets have the default timeout, null at
 * first. A look-up of a name waits on a platform thread inside libc, so a virtual thread that waits for it keeps no
 * carrier. No more than 64 of them run at a time; further ones wait for their turn, within their timeout. A host that is
 * an address already waits for nothing.
 *
 * <h2>Errors</h2>
 * As for {@link Socket}. What was made before a failure is closed.
 *
 * <p>Source: socketpair(2), getaddrinfo(3), CPython's {@code Lib/socket.py} documentation.
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="server"}
 */
public final class Sockets {

    /** The backlog where none is given: CPython's. */
    static final int DEFAULT_BACKLOG = 128;

    private static final AddrInfoHints STREAMS = AddrInfoHints.of(Constants.AF_UNSPEC, Constants.SOCK_STREAM);

    private static volatile long defaultTimeoutNanos = Timeouts.NONE;

    private Sockets() {}

    /**
     * The timeout of new sockets.
     *
     * @return null: as long as it takes; zero: not at all
     */
    public static @Nullable Duration getDefaultTimeout() {
        return Timeouts.duration(defaultTimeoutNanos);
    }

    /**
     * Sets the timeout of sockets that are made from now on, accepted ones too.
     *
     * @param timeout null: as long as it takes; zero: not at all
     * @throws IllegalArgumentException if the timeout is negative
     */
    public static void setDefaultTimeout(@Nullable Duration timeout) {
        defaultTimeoutNanos = Timeouts.nanos(timeout);
    }

    /**
     * Two connected stream sockets of AF_UNIX, socketpair(2).
     *
     * @return the pair
     * @throws IOException if the kernel refuses: EMFILE
     */
    public static SocketPair socketPair() throws IOException {
        return socketPair(Constants.AF_UNIX, Constants.SOCK_STREAM, 0);
    }

    /**
     * Two connected sockets, socketpair(2).
     *
     * @param family an AF_* number; Linux has pairs of AF_UNIX and AF_TIPC
     * @param type a SOCK_* number; SOCK_NONBLOCK may be added
     * @param protocol an IPPROTO_* number, or 0
     * @return the pair
     * @throws IOException if the kernel refuses: EMFILE, EOPNOTSUPP
     */
    public static SocketPair socketPair(int family, int type, int protocol) throws IOException {
        SystemCalls calls = SystemCalls.installed();
        SocketKind kind = new SocketKind(family, SocketKind.withoutFlags(type), protocol);
        int[] fds = {-1, -1};
        int flags = Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK;
        int result = calls.socketPair(family, kind.type() | flags, protocol, MemorySegment.ofArray(fds));
        if (result < 0) {
            throw Errors.ofCall("socketPair", kind.transport(), "socketpair", result);
        }
        long timeout = initialTimeoutNanos(type);
        return new SocketPair(
                new Socket(calls, kind, fds[0], timeout, false), new Socket(calls, kind, fds[1], timeout, false));
    }

    /**
     * A socket on a duplicate of a descriptor, as CPython's {@code fromfd}: the number stays the caller's. Family, type
     * and protocol are the kernel's: any family will do. The open socket becomes non-blocking for everybody who shares it.
     *
     * @param fd the descriptor of a socket
     * @return the socket, close-on-exec
     * @throws IOException if it is no socket, ENOTSOCK, or not open, EBADF
     */
    public static Socket fromFd(int fd) throws IOException {
        return fromFd(fd, SocketKind.UNKNOWN);
    }

    /**
     * A socket on a duplicate of a descriptor, taken for what the caller says, as CPython's {@code fromfd(fd, family,
     * type, proto)}: otherwise as {@link #fromFd(int)}. It must be a socket, but nobody checks that it is of that kind.
     *
     * @param fd the descriptor of a socket
     * @param family an AF_* number; -1: what the kernel says
     * @param type a SOCK_* number, to which SOCK_NONBLOCK may be added for a timeout of zero; -1: what the kernel says
     * @param protocol an IPPROTO_* number; -1: what the kernel says
     * @return the socket, close-on-exec
     * @throws IOException if it is no socket, ENOTSOCK, or not open, EBADF
     */
    public static Socket fromFd(int fd, int family, int type, int protocol) throws IOException {
        return fromFd(fd, new SocketKind(family, type, protocol));
    }

    private static Socket fromFd(int fd, SocketKind wanted) throws IOException {
        requireFd(fd);
        int duplicate = duplicate("fromFd", fd);
        try {
            return adopt("fromFd", duplicate, wanted);
        } catch (IOException | RuntimeException e) {
            SystemCalls.installed().close(duplicate);
            throw e;
        }
    }

    /**
     * A socket on a descriptor itself, as CPython's {@code socket(fileno=fd)}: the number is the socket's from now on,
     * which closes it. Where this throws, the number stays the caller's. The descriptor becomes close-on-exec, as that of
     * every socket here, unlike in CPython, and the open socket non-blocking for everybody who shares it.
     *
     * @param fd the descriptor of a socket
     * @return the socket
     * @throws IOException if it is no socket, ENOTSOCK, or not open, EBADF
     */
    public static Socket adopt(int fd) throws IOException {
        requireFd(fd);
        return adopt("adopt", fd, SocketKind.UNKNOWN);
    }

    /**
     * A socket on a descriptor itself, taken for what the caller says, as CPython's {@code socket(family, type, proto,
     * fileno=fd)}: otherwise as {@link #adopt(int)}. It must be a socket, but nobody checks that it is of that kind.
     *
     * @param fd the descriptor of a socket
     * @param family an AF_* number; -1: what the kernel says
     * @param type a SOCK_* number, to which SOCK_NONBLOCK may be added for a timeout of zero; -1: what the kernel says
     * @param protocol an IPPROTO_* number; -1: what the kernel says
     * @return the socket
     * @throws IOException if it is no socket, ENOTSOCK, or not open, EBADF
     */
    public static Socket adopt(int fd, int family, int type, int protocol) throws IOException {
        requireFd(fd);
        return adopt("adopt", fd, new SocketKind(family, type, protocol));
    }

    private static Socket adopt(String operation, int fd, SocketKind wanted) throws IOException {
        SystemCalls calls = SystemCalls.installed();
        SocketKind kind = wanted.orElse(SocketKind.of(calls, fd, operation));
        SocketKind.naturalize(calls, fd, operation);
        long timeout = initialTimeoutNanos(Math.max(0, wanted.type()));
        Socket socket = new Socket(calls, kind, fd, timeout, SocketKind.lingers(calls, fd));
        socket.state().rememberPeer(socket.state().remoteOrNull(socket.state().handle()));
        socket.state().distrustShortReads();
        return socket;
    }

    private static void requireFd(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("negative file descriptor: " + fd);
        }
    }

    /**
     * A duplicate of a descriptor, of a socket or of anything else, as CPython's {@code dup}: a number, which the caller
     * closes.
     *
     * @param fd the descriptor
     * @return the duplicate, close-on-exec
     * @throws IOException if it is not open, EBADF, or there are too many, EMFILE
     */
    public static int dup(int fd) throws IOException {
        return duplicate("dup", fd);
    }

    private static int duplicate(String operation, int fd) throws IOException {
        int duplicate = SocketKind.duplicate(SystemCalls.installed(), fd);
        if (duplicate < 0) {
            throw Errors.ofCall(operation, "descriptor " + fd, "fcntl", duplicate);
        }
        return duplicate;
    }

    /**
     * Closes a descriptor that no {@link Socket} has, as CPython's {@code close}: one from {@link #dup} or
     * {@link Socket#detach}. A socket whose number is closed in this way fails from then on with EBADF, or uses whatever
     * gets the number next.
     *
     * @param fd the descriptor
     * @throws IOException if close(2) reports an error other than ECONNRESET: EBADF
     */
    public static void close(int fd) throws IOException {
        SocketState.checkClosed(SystemCalls.installed().close(fd), "descriptor " + fd);
    }

    /**
     * Connects to a TCP server by name, with the default timeout.
     *
     * @param host a name or an address
     * @param port 0 to 65535
     * @return the connected socket
     * @throws IllegalArgumentException if the host has a zero byte in it, or the port is out of range
     * @throws GaiException if the name cannot be looked up
     * @throws SocketInterruptedException if the thread was interrupted: no further address is tried
     * @throws IOException if no address could be connected to; the exception tells of each
     */
    public static Socket createConnection(String host, int port) throws IOException {
        return createConnection(host, port, getDefaultTimeout(), null);
    }

    /**
     * Connects to a TCP server by name: looks it up, and tries every address in turn until one answers.
     *
     * @param host a name or an address
     * @param port 0 to 65535
     * @param timeout for the look-up, and again for each address; it stays set on the socket. Zero does not hold for the
     *     look-up, which takes as long as it takes
     * @param source the address to connect from, or null; addresses of other families than its own are passed over
     * @return the connected socket
     * @throws IllegalArgumentException if the host has a zero byte in it, the port is out of range, or the timeout is
     *     negative
     * @throws GaiException if the name cannot be looked up
     * @throws SocketInterruptedException if the thread was interrupted: no further address is tried
     * @throws ConnectFailedException if there is no address of the source's family
     * @throws IOException if no address could be connected to: where one was tried, its failure; where several were, an
     *     exception of the type of the last failure, with its errno and system call, whose message tells of all failures,
     *     and which has them as suppressed exceptions. It need not be one of connect(2): a source that cannot be bound is
     *     a {@link BindFailedException}
     */
    public static Socket createConnection(String host, int port, @Nullable Duration timeout, @Nullable Sockaddr source)
            throws IOException {
        SockaddrText.checkPort(port);
        long nanos = Timeouts.nanos(timeout);
        List<IOException> failures = new ArrayList<>();
        for (AddrInfo info : NameService.getAddrInfo(host, port, STREAMS, nanos == 0 ? null : timeout)) {
            if (source != null && source.family() != info.family()) {
                continue;
            }
            try {
                return connected(info, nanos, source);
            } catch (SocketInterruptedException e) {
                failures.forEach(e::addSuppressed);
                throw e;
            } catch (IOException e) {
                failures.add(e);
            }
        }
        throw Errors.ofAll(host, port, failures);
    }

    private static Socket connected(AddrInfo info, long timeoutNanos, @Nullable Sockaddr source) throws IOException {
        Socket socket = new Socket(info.family(), info.type(), info.protocol());
        try {
            socket.setTimeout(Timeouts.duration(timeoutNanos));
            if (source != null) {
                socket.bind(source);
            }
            socket.connect(info.address());
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * A listening socket with the default backlog.
     *
     * @param address where to listen; port 0 lets the kernel choose
     * @return the socket
     * @throws IOException if the address cannot be had
     */
    public static Socket createServer(Sockaddr address) throws IOException {
        return createServer(address, DEFAULT_BACKLOG);
    }

    /**
     * A listening stream socket. An Internet address may be one that an earlier server left in TIME_WAIT, SO_REUSEADDR;
     * an IPv6 server serves IPv6 alone unless it is {@link ServerFlag#DUAL_STACK}.
     *
     * @param address where to listen; port 0 lets the kernel choose
     * @param backlog how many connections may wait to be accepted
     * @param flags what else to set
     * @return the socket
     * @throws IllegalArgumentException if DUAL_STACK is asked of another family than AF_INET6
     * @throws IOException if the address cannot be had
     */
    public static Socket createServer(Sockaddr address, int backlog, ServerFlag... flags) throws IOException {
        List<ServerFlag> wanted = List.of(flags);
        boolean dualStack = wanted.contains(ServerFlag.DUAL_STACK);
        boolean ipv6 = address.family() == Constants.AF_INET6;
        if (dualStack && !ipv6) {
            throw new IllegalArgumentException("DUAL_STACK needs an IPv6 address such as [::]:80, not " + address);
        }
        Socket socket = new Socket(address.family(), Constants.SOCK_STREAM);
        try {
            if (ipv6 || address.family() == Constants.AF_INET) {
                socket.setSockOpt(SocketOptions.SO_REUSEADDR, true);
            }
            if (wanted.contains(ServerFlag.REUSE_PORT)) {
                socket.setSockOpt(SocketOptions.SO_REUSEPORT, true);
            }
            if (ipv6) {
                socket.setSockOpt(Ipv6Options.IPV6_V6ONLY, !dualStack);
            }
            socket.bind(address);
            socket.listen(backlog);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Whether this machine has IPv6, so that sockets of AF_INET6 can be made.
     *
     * @return false where the kernel was built or started without it
     * @throws IOException if the kernel refuses for another reason: EMFILE
     */
    public static boolean hasIpv6() throws IOException {
        SystemCalls calls = SystemCalls.installed();
        int fd = calls.socket(Constants.AF_INET6, Constants.SOCK_STREAM | Constants.SOCK_CLOEXEC, 0);
        if (fd == -Errno.EAFNOSUPPORT) {
            return false;
        } else if (fd < 0) {
            throw Errors.ofCall("hasIpv6", "tcp", "socket", fd);
        }
        calls.close(fd);
        return true;
    }

    /**
     * Whether a server of AF_INET6 can serve IPv4 too, see {@link ServerFlag#DUAL_STACK}.
     *
     * @return true wherever there is IPv6: Linux always lets IPV6_V6ONLY be turned off
     * @throws IOException if the kernel refuses: EMFILE
     */
    public static boolean hasDualstackIpv6() throws IOException {
        if (!hasIpv6()) {
            return false;
        }
        try (Socket socket = new Socket(Constants.AF_INET6, Constants.SOCK_STREAM)) {
            socket.setSockOpt(Ipv6Options.IPV6_V6ONLY, false);
            return !socket.getSockOpt(Ipv6Options.IPV6_V6ONLY);
        }
    }

    /**
     * The length of a control message, {@code CMSG_LEN}: its header and its data.
     *
     * @param dataBytes how many bytes of data it has
     * @return the length, which room for a last message need not exceed
     * @throws IllegalArgumentException if the number is negative, or too large
     */
    public static int cmsgLen(int dataBytes) {
        return ControlCodec.length(dataBytes);
    }

    /**
     * The room that a control message takes, {@code CMSG_SPACE}: its header, its data, and what aligns the next one.
     *
     * @param dataBytes how many bytes of data it has
     * @return the room
     * @throws IllegalArgumentException if the number is negative, or too large
     */
    public static int cmsgSpace(int dataBytes) {
        return ControlCodec.space(dataBytes);
    }

    /** The timeout of a new socket: 0 where SOCK_NONBLOCK was added to its type. */
    static long initialTimeoutNanos(int typeWithFlags) {
        return (typeWithFlags & Constants.SOCK_NONBLOCK) != 0 ? 0 : defaultTimeoutNanos;
    }
}
