package dev.hawser.socket;

import java.net.SocketException;

/** A system call failed with an errno that no other type stands for. */
public final class SocketFailedException extends SocketException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    /**
     * Made by Hawser, and by what stands on its sockets.
     *
     * @param details what is known of the failure
     */
    public SocketFailedException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
