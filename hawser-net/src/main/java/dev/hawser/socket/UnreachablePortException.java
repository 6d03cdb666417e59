package dev.hawser.socket;

import java.net.PortUnreachableException;

/** Nobody receives the datagrams that were sent: ECONNREFUSED on a datagram socket. */
public final class UnreachablePortException extends PortUnreachableException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    UnreachablePortException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
