package dev.hawser.reactor.protocols;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes strings that follow their length, in 1, 2 or 4 bytes in network order. The bytes of one that is too long are dropped. */
final class CountedDecoder implements Decoder {

    private static final int NONE = -1;

    private final int prefixBytes;
    private int maxLength = Limits.DEFAULT_MAX_LENGTH;
    private int length = NONE;

    /** The length of the string that was refused last, and how much of it is still to come. */
    private long refused;

    private long dropped;
    private byte[] message = {};

    CountedDecoder(int prefixBytes) {
        this.prefixBytes = prefixBytes;
    }

    /** What goes before a string. */
    byte[] prefix(int length) {
        long limit = 1L << (Byte.SIZE * prefixBytes);
        if (length >= limit) {
            throw new IllegalArgumentException("a string of " + length + " bytes is too long for a length in "
                    + prefixBytes + " byte(s): " + (limit - 1) + " at most");
        }
        byte[] all = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
        return Arrays.copyOfRange(all, Integer.BYTES - prefixBytes, Integer.BYTES);
    }

    int maxLength() {
        return maxLength;
    }

    void setMaxLength(int bytes) {
        maxLength = Limits.checked(bytes);
    }

    long refusedLength() {
        return refused;
    }

    @Override
    public byte[] message() {
        return message;
    }

    @Override
    public Step next(Unread unread) {
        drop(unread);
        if (length == NONE) {
            if (!unread.has(prefixBytes)) {
                return Step.EXHAUSTED;
            }
            long announced = announced(unread.window());
            unread.drop(prefixBytes);
            if (announced > maxLength) {
                refused = announced;
                dropped = announced;
                return Step.REFUSED;
            }
            length = (int) announced;
        }
        if (!unread.has(length)) {
            return Step.EXHAUSTED;
        }
        message = unread.take(length, 0);
        length = NONE;
        return Step.MESSAGE;
    }

    private void drop(Unread unread) {
        while (dropped > 0 && unread.window().hasRemaining()) {
            int now = (int) Math.min(dropped, unread.window().remaining());
            unread.drop(now);
            dropped -= now;
        }
    }

    private long announced(ByteBuffer window) {
        long value = 0;
        for (int i = 0; i < prefixBytes; i++) {
            value = (value << Byte.SIZE) | (window.get(window.position() + i) & 0xff);
        }
        return value;
    }
}
