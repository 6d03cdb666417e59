package dev.hawser.socket;

import dev.hawser.posix.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What every exception of a socket operation can tell, beside being the {@code java.net} exception that Java programmers
 * catch already. Python calls it {@code socket.error}.
 *
 * <table>
 *   <caption>Whose fault, by type</caption>
 *   <tr><th>type</th><th>is a</th><th>says</th></tr>
 *   <tr><td>{@link SocketClosedException}</td><td>SocketException</td><td>this program closed the socket</td></tr>
 *   <tr><td>{@link ConnectionBrokenException}</td><td>SocketException</td><td>the peer, or the way to it, broke the
 *       connection: ECONNRESET, EPIPE where this socket was not shut down for writing, ECONNABORTED, ETIMEDOUT</td></tr>
 *   <tr><td>{@link ConnectFailedException}</td><td>ConnectException</td><td>no connection came about: any
 *       error of connect, and later ECONNREFUSED on a stream or seqpacket socket</td></tr>
 *   <tr><td>{@link NoRouteException}</td><td>NoRouteToHostException</td><td>EHOSTUNREACH, ENETUNREACH,
 *       EHOSTDOWN</td></tr>
 *   <tr><td>{@link UnreachablePortException}</td><td>PortUnreachableException</td><td>nobody receives the datagrams:
 *       ECONNREFUSED on a datagram socket</td></tr>
 *   <tr><td>{@link BindFailedException}</td><td>BindException</td><td>the address cannot be had: EADDRINUSE, EACCES,
 *       ...</td></tr>
 *   <tr><td>{@link WouldBlockException}</td><td>SocketException</td><td>the operation would have to wait, and must not:
 *       EAGAIN, EINPROGRESS, EALREADY</td></tr>
 *   <tr><td>{@link TimedOutException}</td><td>SocketTimeoutException</td><td>the socket's timeout passed</td></tr>
 *   <tr><td>{@link SocketInterruptedException}</td><td>InterruptedIOException</td><td>the waiting thread was
 *       interrupted</td></tr>
 *   <tr><td>{@link GaiException}</td><td>UnknownHostException</td><td>a name could not be looked up</td></tr>
 *   <tr><td>{@link HostException}</td><td>UnknownHostException</td><td>the same, of the older functions</td></tr>
 *   <tr><td>{@link NoSuchEntryException}</td><td>UnknownServiceException</td><td>there is no such service or
 *       protocol</td></tr>
 *   <tr><td>{@link SocketFailedException}</td><td>SocketException</td><td>any other errno; EPIPE after this
 *       program's own shutdown(SHUT_WR)</td></tr>
 * </table>
 */
public sealed interface SocketError
        permits BindFailedException,
                ConnectFailedException,
                ConnectionBrokenException,
                GaiException,
                HostException,
                NoRouteException,
                NoSuchEntryException,
                SocketClosedException,
                SocketFailedException,
                SocketInterruptedException,
                TimedOutException,
                UnreachablePortException,
                WouldBlockException {

    /**
     * All that is known.
     *
     * @return the details
     */
    ErrorDetails details();

    /**
     * The method that failed.
     *
     * @return such as {@code connect}
     */
    default String operation() {
        return details().operation();
    }

    /**
     * The socket's own address.
     *
     * @return the address, or null where it is not known
     */
    default @Nullable Sockaddr local() {
        return details().local();
    }

    /**
     * The peer's address.
     *
     * @return the address, or null where there is none
     */
    default @Nullable Sockaddr remote() {
        return details().remote();
    }

    /**
     * The system call that failed.
     *
     * @return such as {@code connect}, or null where none failed
     */
    default @Nullable String systemCall() {
        return details().systemCall();
    }

    /**
     * The error number of the system call.
     *
     * @return the errno, one of {@link dev.hawser.socket.Errno}, or 0 where no call failed
     */
    default int errno() {
        return details().errno();
    }

    /**
     * The name of the error number.
     *
     * @return such as {@code ECONNREFUSED}, or null where no call failed
     */
    default @Nullable String errnoName() {
        return errno() == 0 ? null : Errno.name(errno());
    }

    /**
     * Whether the process or the system has run out of something that comes back: descriptors (EMFILE, ENFILE) or memory for
     * sockets (ENOBUFS, ENOMEM). The same call may succeed later; a listener's client is still in the queue.
     *
     * @return true for these four
     */
    default boolean isShortage() {
        return errno() == Errno.EMFILE
                || errno() == Errno.ENFILE
                || errno() == Errno.ENOBUFS
                || errno() == Errno.ENOMEM;
    }
}
