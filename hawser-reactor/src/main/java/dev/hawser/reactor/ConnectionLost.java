package dev.hawser.reactor;

import dev.hawser.socket.SocketError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection has ended. An exception, so that whoever waits for something on the connection can be failed with it.
 */
public final class ConnectionLost extends IOException {

    private static final long serialVersionUID = 1L;

    /** The kind. */
    private final Reason reason;

    /** Kinds of ends. */
    public enum Reason {
        /** Closed in an orderly way, by this side after all was sent, or by the peer. */
        DONE,
        /** Broken: {@link ConnectionLost#errno} says how, or the cause, where a handler threw. */
        LOST,
        /** By {@link Transport#abortConnection}. */
        ABORTED,
        /** A time limit was reached. */
        TIMED_OUT
    }

    /**
     * For transports and tests.
     *
     * @param reason the kind
     * @param message in words
     * @param cause the error under it, or null
     */
    public ConnectionLost(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * The kind.
     *
     * @return the kind
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The kernel's error number.
     *
     * @return an errno, or 0 where the kernel had no part in it
     */
    public int errno() {
        return getCause() instanceof SocketError error ? error.errno() : 0;
    }
}
