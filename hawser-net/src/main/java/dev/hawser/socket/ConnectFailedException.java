package dev.hawser.socket;

import java.net.ConnectException;

/**
 * No connection came about: ECONNREFUSED, ETIMEDOUT, ENOENT of a Unix path. After a connect that went on in the
 * background, the next call may be the one to be told ECONNREFUSED, and to throw this.
 */
public final class ConnectFailedException extends ConnectException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    ConnectFailedException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
