package dev.hawser.socket;

import dev.hawser.netpoll.Handle;

/**
 * An operation that failed, for {@link Errors}: what was tried, and through what. Made on failure only.
 *
 * @param socket whose operation it was
 * @param handle the handle in use: a file's outlives its socket's
 * @param operation the method
 * @param systemCall the system call
 * @param timeoutNanos the timeout that the call had: the socket's may be another by now
 * @param about what the reason has to say beside the errno, or nothing
 */
record Attempt(
        SocketState socket, Handle handle, String operation, String systemCall, long timeoutNanos, String about) {

    Attempt(SocketState socket, Handle handle, String operation, String systemCall) {
        this(socket, handle, operation, systemCall, socket.timeoutNanos(), "");
    }

    Attempt within(long timeout) {
        return new Attempt(socket, handle, operation, systemCall, timeout, about);
    }

    Attempt about(String what) {
        return new Attempt(socket, handle, operation, systemCall, timeoutNanos, what);
    }
}
