package dev.hawser.asyncore;

import static dev.hawser.socket.Errno.EBADF;
import static dev.hawser.socket.Errno.ECONNABORTED;
import static dev.hawser.socket.Errno.ECONNRESET;
import static dev.hawser.socket.Errno.ENOTCONN;
import static dev.hawser.socket.Errno.EPIPE;
import static dev.hawser.socket.Errno.ESHUTDOWN;

import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketError;

/** Which errors say no more than that the connection has ended. */
final class Disconnections {

    private Disconnections() {}

    static boolean isOne(Throwable error) {
        return error instanceof SocketClosedException || (error instanceof SocketError known && isErrno(known.errno()));
    }

    private static boolean isErrno(int errno) {
        return errno == ECONNRESET
                || errno == ENOTCONN
                || errno == ESHUTDOWN
                || errno == ECONNABORTED
                || errno == EPIPE
                || errno == EBADF;
    }
}
