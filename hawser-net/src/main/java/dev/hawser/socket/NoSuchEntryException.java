package dev.hawser.socket;

import java.net.UnknownServiceException;

/** This machine's databases, {@code /etc/services} and {@code /etc/protocols}, have no such service or protocol. */
public final class NoSuchEntryException extends UnknownServiceException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    NoSuchEntryException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
