package dev.hawser.bench;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The bytes that connections send: one endless random stream, which each connection enters at a place of its own. A byte
 * that is lost, doubled, or comes back on the wrong connection is then out of step at once.
 *
 * <p>Threading: for one thread; the views it returns are valid until the next call.
 */
final class BytePattern {
    /** The most bytes in one view. */
    static final int CHUNK_BYTES = 1 << 16;

    /** A prime, so that no message length falls into step with it. */
    private static final int PERIOD = 4093;

    private static final int STEP_BETWEEN_CONNECTIONS = 61;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(PERIOD + CHUNK_BYTES);

    BytePattern() {
        byte[] period = new byte[PERIOD];
        new Random(PERIOD).nextBytes(period);
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, period[i % PERIOD]);
        }
    }

    /** Where the connection with this number enters the stream. */
    static int start(int connection) {
        return connection * STEP_BETWEEN_CONNECTIONS % PERIOD;
    }

    /** {@code length} bytes of the stream from {@code position} on, {@link #CHUNK_BYTES} at most. */
    ByteBuffer view(long position, int length) {
        int offset = (int) (position % PERIOD);
        return bytes.limit(offset + length).position(offset);
    }
}
