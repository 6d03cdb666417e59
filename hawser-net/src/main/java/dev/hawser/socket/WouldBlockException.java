package dev.hawser.socket;

import java.net.SocketException;

/**
 * The operation would have to wait, and the socket is non-blocking or MSG_DONTWAIT was given: EAGAIN, or EINPROGRESS and
 * EALREADY of a connect. EAGAIN may also say that the kernel is short of something, such as free ports. The peer is told
 * where the caller named it, to connect and sendTo; no other address is, as finding it would cost more than the operation.
 */
public final class WouldBlockException extends SocketException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    /**
     * Made by Hawser, and by protocols that stand on its sockets.
     *
     * @param details what is known of the failure
     */
    public WouldBlockException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
