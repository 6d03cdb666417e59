package dev.hawser.reactor.amp;

import java.io.IOException;

/**
 * An error by its code. A call fails with it where the peer has answered with a code that the command does not declare; and a responder that throws it answers
 * with its code.
 *
 * <p>Source: Twisted's {@code RemoteAmpError}, {@code UnknownRemoteError} and {@code UnhandledCommand}.
 */
public final class RemoteErrorException extends IOException {

    /** The code where the peer has no responder for a command. */
    public static final String UNHANDLED = "UNHANDLED";

    /** The code where a responder has failed in a way that its command does not declare. */
    public static final String UNKNOWN = "UNKNOWN";

    private static final long serialVersionUID = 1L;

    /** The code. */
    private final String code;

    /** What it says. */
    private final String description;

    /** Whether it ends the connection. */
    private final boolean fatal;

    /**
     * An error that leaves the connection as it is.
     *
     * @param code its code
     * @param description for people
     */
    public RemoteErrorException(String code, String description) {
        this(code, description, false);
    }

    /**
     * An error.
     *
     * @param code its code
     * @param description for people
     * @param fatal whether whoever answers with it closes the connection then
     */
    public RemoteErrorException(String code, String description, boolean fatal) {
        super("Code<" + code + ">: " + description);
        this.code = code;
        this.description = description;
        this.fatal = fatal;
    }

    /**
     * The code.
     *
     * @return as it came, each byte a character
     */
    public String code() {
        return code;
    }

    /**
     * What it says.
     *
     * @return text for people
     */
    public String description() {
        return description;
    }

    /**
     * Whether a responder that throws this ends the connection.
     *
     * @return always false where it came from the peer, who does not tell
     */
    public boolean isFatal() {
        return fatal;
    }

    /**
     * Whether the peer has no responder for the command.
     *
     * @return true for the code {@link #UNHANDLED}
     */
    public boolean isUnhandledCommand() {
        return code.equals(UNHANDLED);
    }
}
