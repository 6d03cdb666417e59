package dev.hawser.reactor.amp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What goes wrong in AMP itself: {@link #kind} says what. An error that the peer answers with is a {@link RemoteErrorException}. */
public final class AmpException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Which. */
    private final Kind kind;

    /** Kinds of errors. */
    public enum Kind {
        /** A key has more than 255 bytes, a value more than 65535, or something else is beyond a limit. */
        TOO_LONG,
        /** What came is no AMP. */
        MALFORMED,
        /** A value is not of its argument's type, or one is missing. */
        BAD_VALUE,
        /** The connection speaks another protocol from now on, or is about to. */
        SWITCHED,
        /** There are as many questions without an answer as there may be. */
        TOO_MANY_QUESTIONS
    }

    AmpException(Kind kind, String message) {
        this(kind, message, null);
    }

    AmpException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * What has gone wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
