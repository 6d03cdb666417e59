package dev.hawser.socketserver;

import java.io.IOException;

/** A datagram was longer than {@link DatagramServer#maxPacketSize}, and was not processed. */
public final class DatagramTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Bytes. */
    private final int length;

    DatagramTooLongException(int length, int maxPacketSize) {
        super("a datagram of " + length + " bytes, of which maxPacketSize() takes " + maxPacketSize);
        this.length = length;
    }

    /**
     * Its true length.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }
}
