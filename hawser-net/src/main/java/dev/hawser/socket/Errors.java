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
import dev.hawser.netpoll.Timeouts;
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
     * @param attempt what was tried
     * @param code {@code -errno} or an {@link Outcome}
     * @param named the address that the caller named: to bind, its own, else the peer's; null: the connected peer
     */
    static IOException of(Attempt attempt, long code, @Nullable Sockaddr named) {
        SocketState socket = attempt.socket();
        int errno = Outcome.errno(code);
        boolean wouldBlock = errno == EAGAIN || errno == EINPROGRESS || errno == EALREADY;
        boolean binding = attempt.operation().equals("bind");
        ErrorDetails details = new ErrorDetails(
                attempt.operation(),
                socket.transport(),
                binding ? named : wouldBlock ? null : socket.localOrNull(attempt.handle()),
                binding ? null : named != null || wouldBlock ? named : socket.remoteOrNull(attempt.handle()),
                errno == 0 ? null : systemCall(attempt, code),
                errno,
                errno == 0 ? reason(attempt, code) : Errno.describe(errno) + about(attempt, code));
        return wouldBlock
                ? new WouldBlockException(details)
                : errno == 0 ? withoutErrno(details, code) : withErrno(details, socket);
    }

    /** The exception for a failed operation that is not one on a socket yet. */
    static IOException ofCall(String operation, String transport, String systemCall, long code) {
        int errno = (int) -code;
        return new SocketFailedException(
                new ErrorDetails(operation, transport, null, null, systemCall, errno, Errno.describe(errno)));
    }

    /** This program closed what the operation is about. */
    static IOException ofClosed(String operation, String transport, String reason) {
        return new SocketClosedException(new ErrorDetails(operation, transport, null, null, null, 0, reason));
    }

    /** The system call succeeded, and its answer is none that the operation can return. */
    static IOException ofAnswer(Attempt attempt, String reason) {
        SocketState socket = attempt.socket();
        return new SocketFailedException(new ErrorDetails(
                attempt.operation(),
                socket.transport(),
                socket.localOrNull(attempt.handle()),
                socket.remoteOrNull(attempt.handle()),
                attempt.systemCall(),
                0,
                reason));
    }

    /** None of a host's addresses could be connected to: the last failure's type and errno, and the story of all. */
    static IOException ofAll(String host, int port, List<IOException> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        String story = failures.isEmpty()
                ? "no address of the source's family"
                : "none of " + failures.size() + " addresses answered: "
                        + failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        IOException last = failures.isEmpty() ? null : failures.getLast();
        String systemCall = last instanceof SocketError error ? error.systemCall() : null;
        int errno = last instanceof SocketError error ? error.errno() : 0;
        IOException all = like(
                last, new ErrorDetails("createConnection", host + ":" + port, null, null, systemCall, errno, story));
        failures.forEach(all::addSuppressed);
        return all;
    }

    private static IOException like(@Nullable IOException failure, ErrorDetails details) {
        return switch (failure) {
            case TimedOutException _ -> new TimedOutException(details);
            case BindFailedException _ -> new BindFailedException(details);
            case NoRouteException _ -> new NoRouteException(details);
            case WouldBlockException _ -> new WouldBlockException(details);
            case SocketFailedException _ -> new SocketFailedException(details);
            case null, default -> new ConnectFailedException(details);
        };
    }

    /** Tells in the exception how much had been sent when a wait was cut short. */
    static IOException withTransferred(IOException failure, long bytes) {
        if (failure instanceof InterruptedIOException cutShort) {
            cutShort.bytesTransferred = (int) Math.min(bytes, Integer.MAX_VALUE);
        }
        return failure;
    }

    private static String systemCall(Attempt attempt, long code) {
        return Outcome.isUnwatched(code) ? Outcome.watchCall(code) : attempt.systemCall();
    }

    private static String about(Attempt attempt, long code) {
        return Outcome.isUnwatched(code) ? " when it was to wait" : attempt.about();
    }

    private static String reason(Attempt attempt, long code) {
        if (code == Outcome.TIMED_OUT) {
            return "timed out after " + Timeouts.text(attempt.timeoutNanos());
        }
        return code == Outcome.INTERRUPTED ? "interrupted while waiting" : "the socket is closed";
    }

    private static IOException withoutErrno(ErrorDetails details, long code) {
        return code == Outcome.TIMED_OUT
                ? new TimedOutException(details)
                : code == Outcome.INTERRUPTED
                        ? new SocketInterruptedException(details)
                        : new SocketClosedException(details);
    }

    private static IOException withErrno(ErrorDetails details, SocketState socket) {
        int errno = details.errno();
        boolean connecting = details.operation().equals("connect");
        if (details.operation().equals("bind")) {
            return new BindFailedException(details);
        } else if (errno == EHOSTUNREACH || errno == ENETUNREACH || errno == EHOSTDOWN) {
            return new NoRouteException(details);
        } else if (errno == EPIPE && socket.isShutForWriting()) {
            return new SocketFailedException(details); // the peer has no part in it
        } else if (connecting || (errno == ECONNREFUSED && socket.kind().isConnectionOriented())) {
            return new ConnectFailedException(details);
        } else if (errno == ECONNREFUSED) {
            return new UnreachablePortException(details);
        } else if (errno == EPIPE || errno == ECONNRESET || errno == ECONNABORTED || errno == ETIMEDOUT) {
            return new ConnectionBrokenException(details);
        }
        return new SocketFailedException(details);
    }
}
