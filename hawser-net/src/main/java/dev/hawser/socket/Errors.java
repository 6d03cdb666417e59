package dev.hawser.socket;

import static dev.hawser.posix.Errno.EAGAIN;
import static dev.hawser.posix.Errno.EALREADY;
import static dev.hawser.posix.Errno.ECONNABORTED;
import static dev.hawser.posix.Errno.ECONNREFUSED;
import static dev.hawser.posix.Errno.ECONNRESET;
import static dev.hawser.posix.Errno.EHOSTDOWN;
import static dev.hawser.posix.Errno.EHOSTUNREACH;
import static dev.hawser.posix.Errno.EINPROGRESS;
import static dev.hawser.posix.Errno.ENETUNREACH;
import static dev.hawser.posix.Errno.EPIPE;
import static dev.hawser.posix.Errno.ETIMEDOUT;

import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Errno;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one place where an errno becomes an exception. */
final class Errors {

    private Errors() {}

    /**
     * The exception for a failed operation.
     *
     * @param socket whose operation it was
     * @param operation the method
     * @param systemCall the system call
     * @param code {@code -errno} or an {@link Outcome}
     * @param named the address that the caller named: to bind, its own, else the peer's; null: the connected peer
     */
    static IOException of(Socket socket, String operation, String systemCall, long code, @Nullable Sockaddr named) {
        int errno = code > Outcome.CLOSED && code < 0 && code >= -4095 ? (int) -code : 0;
        boolean wouldBlock = errno == EAGAIN || errno == EINPROGRESS || errno == EALREADY;
        boolean binding = operation.equals("bind");
        ErrorDetails details = new ErrorDetails(
                operation,
                socket.transport(),
                binding ? named : wouldBlock ? null : socket.localOrNull(),
                binding ? null : named != null || wouldBlock ? named : socket.remoteOrNull(),
                errno == 0 ? null : systemCall,
                errno,
                errno == 0 ? reason(socket, code) : Errno.describe(errno));
        return wouldBlock ? new WouldBlockException(details) : exception(details, code);
    }

    /** The exception for a failed operation that is not one on a socket yet. */
    static IOException ofCall(String operation, String transport, String systemCall, long code) {
        int errno = (int) -code;
        return new SocketFailedException(
                new ErrorDetails(operation, transport, null, null, systemCall, errno, Errno.describe(errno)));
    }

    /** None of a host's addresses could be connected to: the last failure's type, and the story of all. */
    static IOException ofAll(String host, int port, List<IOException> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        String story = failures.isEmpty()
                ? "no address of the source's family"
                : "none of " + failures.size() + " addresses answered: "
                        + failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        boolean timedOut = !failures.isEmpty() && failures.getLast() instanceof TimedOutException;
        int errno = !failures.isEmpty() && failures.getLast() instanceof SocketError last ? last.errno() : 0;
        ErrorDetails details = new ErrorDetails(
                "createConnection", host + ":" + port, null, null, errno == 0 ? null : "connect", errno, story);
        IOException all = timedOut ? new TimedOutException(details) : new ConnectFailedException(details);
        failures.forEach(all::addSuppressed);
        return all;
    }

    /** Tells in the exception how much had been sent when a wait was cut short. */
    static IOException withTransferred(IOException failure, long bytes) {
        if (failure instanceof InterruptedIOException cutShort) {
            cutShort.bytesTransferred = (int) Math.min(bytes, Integer.MAX_VALUE);
        }
        return failure;
    }

    private static String reason(Socket socket, long code) {
        if (code == Outcome.TIMED_OUT) {
            return "timed out after " + Sockets.duration(socket.timeoutNanos());
        }
        return code == Outcome.INTERRUPTED ? "interrupted while waiting" : "the socket is closed";
    }

    private static IOException exception(ErrorDetails details, long code) {
        if (details.errno() == 0) {
            return code == Outcome.TIMED_OUT
                    ? new TimedOutException(details)
                    : code == Outcome.INTERRUPTED
                            ? new SocketInterruptedException(details)
                            : new SocketClosedException(details);
        }
        int errno = details.errno();
        boolean connecting = details.operation().equals("connect");
        if (details.operation().equals("bind")) {
            return new BindFailedException(details);
        } else if (errno == EHOSTUNREACH || errno == ENETUNREACH || errno == EHOSTDOWN) {
            return new NoRouteException(details);
        } else if (connecting) {
            return new ConnectFailedException(details);
        } else if (errno == ECONNREFUSED) {
            return new UnreachablePortException(details);
        } else if (errno == EPIPE || errno == ECONNRESET || errno == ECONNABORTED || errno == ETIMEDOUT) {
            return new ConnectionBrokenException(details);
        }
        return new SocketFailedException(details);
    }
}
