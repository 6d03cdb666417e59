package dev.hawser.socket;

import java.net.NoRouteToHostException;

/** There is no way to the peer: EHOSTUNREACH, ENETUNREACH, EHOSTDOWN. */
public final class NoRouteException extends NoRouteToHostException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final ErrorDetails details;

    NoRouteException(ErrorDetails details) {
        super(details.message());
        this.details = details;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
