package dev.hawser.reactor.socks;

import java.io.IOException;

/**
 * A proxy has refused, or somebody does not speak SOCKS.
 *
 * <p>Source: RFC 1928, section 6.
 */
public final class SocksException extends IOException {

    /** General failure. */
    public static final int FAILED = 1;

    /** The proxy's rules do not allow it. */
    public static final int NOT_ALLOWED = 2;

    /** There is no way to the network. */
    public static final int NETWORK_UNREACHABLE = 3;

    /** There is no such host, or no way to it. */
    public static final int HOST_UNREACHABLE = 4;

    /** Nobody listens there. */
    public static final int CONNECTION_REFUSED = 5;

    /** It has taken too long. */
    public static final int TTL_EXPIRED = 6;

    /** The proxy does not know the command. */
    public static final int COMMAND_NOT_SUPPORTED = 7;

    /** The proxy does not know the kind of address. */
    public static final int ADDRESS_TYPE_NOT_SUPPORTED = 8;

    private static final long serialVersionUID = 1L;

    private static final String[] MEANINGS = {
        "it was granted",
        "it has failed",
        "the proxy's rules do not allow it",
        "the network is unreachable",
        "the host is unreachable",
        "the connection was refused",
        "it has taken too long",
        "the proxy does not know the command",
        "the proxy does not know the kind of address"
    };

    /** The number. */
    private final int code;

    SocksException(int code, String message) {
        super(message);
        this.code = code;
    }

    SocksException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What a proxy has answered. */
    static SocksException answered(String what, int code) {
        String meaning = code >= 0 && code < MEANINGS.length ? MEANINGS[code] : "it was refused";
        return new SocksException(code, what + ": " + meaning + " (SOCKS reply " + code + ")");
    }

    /**
     * The number of the reply, as in version 5: such as {@link #CONNECTION_REFUSED}.
     *
     * @return the number; those of version 4 are 91 to 93, and say nothing more; {@link #FAILED} where the peer does not speak SOCKS
     */
    public int code() {
        return code;
    }
}
