package dev.hawser.socket;

import java.net.SocketTimeoutException;

/** The socket's timeout passed before the operation was done. The socket stays usable. {@code bytesTransferred} tells how much a sendAll had sent. */
public final class TimedOutException extends SocketTimeoutException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    /**
     * Made by Hawser, and by protocols that stand on its sockets.
     *
     * @param details what is known of the failure
     */
    public TimedOutException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
