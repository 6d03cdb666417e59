package dev.hawser.reactor.socks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes one message after the other out of what comes, and no byte more than belongs to it. */
final class MessageReader {

    /** Knows how long a message is. */
    @FunctionalInterface
    interface Shape {
        /**
         * How long the message is at least, as far as it is known; it is whole when it has this length.
         *
         * @throws SocksException if it cannot become one
         */
        int minBytes(byte[] held, int length) throws SocksException;
    }

    private byte[] held = new byte[32];
    private int length;

    /** Null where there is more to come: then all was read. */
    byte @Nullable [] read(ByteBuffer data, Shape shape) throws SocksException {
        int needed = shape.minBytes(held, length);
        while (needed > length) {
            if (!data.hasRemaining()) {
                return null;
            }
            int taken = Math.min(needed - length, data.remaining());
            if (length + taken > held.length) {
                held = Arrays.copyOf(held, Math.max(length + taken, 2 * held.length));
            }
            data.get(held, length, taken);
            length += taken;
            needed = shape.minBytes(held, length);
        }
        byte[] message = Arrays.copyOf(held, length);
        length = 0;
        return message;
    }
}
