package dev.hawser.socket;

import java.net.UnknownHostException;

/**
 * A host could not be found by gethostbyname(3) or gethostbyaddr(3): an h_errno. Python calls it {@code socket.herror}.
 */
public final class HostException extends UnknownHostException implements SocketError {

    private static final long serialVersionUID = 1L;

    /** The h_errno. */
    private final int code;
    /** What is known of the failure. */
    private final ErrorDetails details;

    HostException(int code, ErrorDetails details) {
        super(details.message());
        this.code = code;
        this.details = details;
    }

    /**
     * The code.
     *
     * @return HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA or NETDB_INTERNAL
     */
    public int code() {
        return code;
    }

    /**
     * The name of the code.
     *
     * @return such as {@code HOST_NOT_FOUND}, or {@code h_errno 77} where there is none
     */
    public String codeName() {
        return nameOf(code);
    }

    static String nameOf(int code) {
        return code == Constants.HOST_NOT_FOUND
                ? "HOST_NOT_FOUND"
                : code == Constants.TRY_AGAIN
                        ? "TRY_AGAIN"
                        : code == Constants.NO_RECOVERY
                                ? "NO_RECOVERY"
                                : code == Constants.NO_DATA
                                        ? "NO_DATA"
                                        : code == Constants.NETDB_INTERNAL ? "NETDB_INTERNAL" : "h_errno " + code;
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
