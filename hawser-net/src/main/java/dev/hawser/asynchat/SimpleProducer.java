package dev.hawser.asynchat;

import java.util.Arrays;

/**
 * Produces bytes that are in memory, part by part.
 *
 * <h2>Threading</h2>
 * One thread at a time.
 *
 * <p>Source: {@code simple_producer} of Python's {@code asynchat}, whose parts are of 512 bytes.
 */
public final class SimpleProducer implements Producer {

    private final byte[] data;
    private final int partBytes;
    private int position;

    /**
     * Produces parts of {@link AsyncChat#DEFAULT_BUFFER_SIZE} bytes.
     *
     * @param data the bytes; they are kept, not copied, and must stay as they are until they are sent
     */
    public SimpleProducer(byte[] data) {
        this(data, AsyncChat.DEFAULT_BUFFER_SIZE);
    }

    /**
     * Produces parts of a length.
     *
     * @param data the bytes; they are kept, not copied, and must stay as they are until they are sent
     * @param partBytes how long a part is
     * @throws IllegalArgumentException if a part has no byte
     */
    public SimpleProducer(byte[] data, int partBytes) {
        if (partBytes < 1) {
            throw new IllegalArgumentException("a part has 1 byte or more, not " + partBytes);
        }
        this.data = data;
        this.partBytes = partBytes;
    }

    @Override
    public byte[] more() {
        int length = Math.min(partBytes, data.length - position);
        byte[] part = Arrays.copyOfRange(data, position, position + length);
        position += length;
        return part;
    }
}
