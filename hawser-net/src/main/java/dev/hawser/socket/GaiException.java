package dev.hawser.socket;

import dev.hawser.posix.Abi;
import java.net.UnknownHostException;
import java.util.Map;

/** A name could not be looked up: an EAI_* code of getaddrinfo(3) or getnameinfo(3). Python calls it {@code socket.gaierror}. */
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
     * @return an EAI_* number of {@link Constants}, as the C library has them
     */
    public int code() {
        return code;
    }

    /**
     * The name of the code.
     *
     * @return such as {@code EAI_NONAME}, or {@code EAI code 77} where there is none
     */
    public String codeName() {
        return nameOf(code);
    }

    static String nameOf(int code) {
        return Abi.all().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("EAI_") && entry.getValue() == code)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("EAI code " + code);
    }

    @Override
    public ErrorDetails details() {
        return details;
    }
}
