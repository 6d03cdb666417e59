package dev.hawser.socket;

import java.net.UnknownHostException;

/** A name could not be looked up: an EAI_* code of getaddrinfo(3). Python calls it {@code socket.gaierror}. */
public final class GaiException extends UnknownHostException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** The EAI_* code. */
    private final int code;
    /** What is known of the failure. */
    private final ErrorDetails details;

    GaiException(int code, ErrorDetails details) {
        super(details.message());
        this.code = code;
        this.details = details;
    }

    /**
     * The code.
     *
     * @return an EAI_* number, as the C library has them
     */
    public int code() {
        return code;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
