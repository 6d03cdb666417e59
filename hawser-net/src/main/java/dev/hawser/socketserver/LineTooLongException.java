package dev.hawser.socketserver;

import java.io.IOException;

/**
 * The client has sent a line that is longer than {@link StreamRequestHandler#maxLineBytes} allows. The bytes are still to be read from the
 * stream, but most handlers had better end.
 */
public final class LineTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Bytes. */
    private final int maxBytes;

    LineTooLongException(int maxBytes) {
        super("a line of more than " + maxBytes + " bytes, which is what maxLineBytes() allows");
        this.maxBytes = maxBytes;
    }

    /**
     * The limit.
     *
     * @return bytes, with the end of the line
     */
    public int maxBytes() {
        return maxBytes;
    }
}
