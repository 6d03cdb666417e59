package dev.hawser.select;

import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Errno;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.socket.SocketInterruptedException;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;

/** Tells with each failure what was tried, and with which descriptor. */
final class SelectErrors {

    private SelectErrors() {}

    /**
     * The exception for a failed operation.
     *
     * @param operation the method that failed
     * @param subject what it was about: {@code descriptor 5}
     * @param systemCall the system call that failed, where one did
     * @param code {@code -errno} or an {@link Outcome}
     * @throws ClosedSelectorException if what was waited with is closed
     */
    static IOException of(String operation, String subject, String systemCall, long code) {
        if (code == Outcome.CLOSED) {
            throw new ClosedSelectorException();
        }
        if (code == Outcome.INTERRUPTED) {
            return new SocketInterruptedException(
                    new ErrorDetails(operation, subject, null, null, null, 0, "interrupted while waiting"));
        }
        int errno = Outcome.errno(code);
        String failed = Outcome.isUnwatched(code) ? Outcome.watchCall(code) : systemCall;
        String reason = Errno.describe(errno) + " of " + failed + meaning(failed, code);
        return new SocketFailedException(new ErrorDetails(operation, subject, null, null, failed, errno, reason));
    }

    private static String meaning(String failed, long code) {
        if (Outcome.isUnwatched(code)) {
            return " when it was to wait";
        }
        int errno = Outcome.errno(code);
        if (errno == Errno.EBADF) {
            return ": it is not open";
        }
        return failed.equals("epoll_ctl") ? meaningOfControl(errno) : "";
    }

    private static String meaningOfControl(int errno) {
        return switch (errno) {
            case Errno.EEXIST -> ": it is registered already, modify it";
            case Errno.ENOENT -> ": it is not registered";
            case Errno.EPERM -> ": epoll takes no regular files and directories, which are always ready";
            case Errno.ENOSPC -> ": this user may register no more, /proc/sys/fs/epoll/max_user_watches";
            default -> "";
        };
    }
}
