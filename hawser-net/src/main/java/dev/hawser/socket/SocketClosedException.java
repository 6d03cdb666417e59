package dev.hawser.socket;

import java.net.SocketException;

/** This program closed the socket, before the operation or during it. The socket stays closed. */
public final class SocketClosedException extends SocketException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    /**
     * Made by Hawser, and by protocols that stand on its sockets.
     *
     * @param details what is known of the failure
     */
    public SocketClosedException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
