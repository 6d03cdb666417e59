package dev.hawser.socket;

import java.io.InterruptedIOException;

/** The thread was interrupted while it waited. The socket stays usable, and the thread's interrupt status stays set: clear it with {@link Thread#interrupted} before the thread waits again. {@code bytesTransferred} tells how much a sendAll had sent. */
public final class SocketInterruptedException extends InterruptedIOException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    /**
     * Made by Hawser, and by protocols that stand on its sockets.
     *
     * @param details what is known of the failure
     */
    public SocketInterruptedException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
