package dev.hawser.tls;

import dev.hawser.socket.ErrorDetails;
import java.io.EOFException;

/**
 * The peer ended the connection without TLS's own end, the close_notify alert: what came before may be a part only, cut
 * off by a failure or by somebody on the way. A clean end of the stream is no exception. Python calls it
 * {@code SSLEOFError}.
 */
public final class TlsTruncatedException extends EOFException {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    TlsTruncatedException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    /**
     * All that is known: the operation and the addresses.
     *
     * @return the details
     */
    public ErrorDetails details() {
        return details;
    }
}
