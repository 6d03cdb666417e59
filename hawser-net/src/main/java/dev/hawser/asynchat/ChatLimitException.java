package dev.hawser.asynchat;

import java.io.IOException;

/**
 * More was to be kept in memory than an {@link AsyncChat} allows: the peer reads more slowly than it is sent to, or sends an element
 * without end. The message names the limit, and what to do.
 */
public final class ChatLimitException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How many bytes are allowed. */
    private final long limit;

    ChatLimitException(String message, long limit) {
        super(message);
        this.limit = limit;
    }

    /**
     * The limit.
     *
     * @return how many bytes are allowed
     */
    public long limit() {
        return limit;
    }
}
