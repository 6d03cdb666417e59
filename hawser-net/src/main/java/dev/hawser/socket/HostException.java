package dev.hawser.socket;

import java.net.UnknownHostException;
import java.util.Map;

/**
 * A host could not be found by gethostbyname(3) or gethostbyaddr(3): an h_errno. Python calls it {@code socket.herror}.
 */
public final class HostException extends UnknownHostException implements SocketError {

    private static final long serialVersionUID = 1L;

    private static final Map<Integer, String> NAMES = Map.of(
            Constants.HOST_NOT_FOUND, "HOST_NOT_FOUND",
            Constants.TRY_AGAIN, "TRY_AGAIN",
            Constants.NO_RECOVERY, "NO_RECOVERY",
            Constants.NO_DATA, "NO_DATA",
            Constants.NETDB_INTERNAL, "NETDB_INTERNAL");

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
        return NAMES.getOrDefault(code, "h_errno " + code);
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
