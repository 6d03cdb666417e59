package dev.hawser.socket;

import java.net.SocketException;

/**
 * The peer, or the way to it, broke the connection: ECONNRESET, EPIPE, ECONNABORTED, ETIMEDOUT. EPIPE on a socket that
 * was shut down for writing here is a {@link SocketFailedException}.
 */
public final class ConnectionBrokenException extends SocketException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    ConnectionBrokenException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
