package dev.hawser.socket;

import java.net.BindException;

/** The socket could not be given the address: EADDRINUSE, EADDRNOTAVAIL, EACCES, ENOENT of a Unix path. */
public final class BindFailedException extends BindException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    BindFailedException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
