package dev.hawser.socket;

import java.net.ConnectException;

/** No connection came about: ECONNREFUSED, ETIMEDOUT, ENOENT of a Unix path. */
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
