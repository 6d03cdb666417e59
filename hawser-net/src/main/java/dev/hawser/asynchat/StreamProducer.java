package dev.hawser.asynchat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Produces what a stream has, such as a file, and closes it in the end. One buffer of it is in memory at a time.
 *
 * <h2>Threading</h2>
 * One thread at a time.
 *
 * <h2>Blocking and timeouts</h2>
 * The stream is read in the thread of the loop: a file is right, a stream whose bytes are yet to come is not.
 */
public final class StreamProducer implements Producer {

    private final InputStream stream;

    /**
     * Produces what is left of a stream.
     *
     * @param stream the stream; it is the producer's, which closes it
     */
    public StreamProducer(InputStream stream) {
        this.stream = stream;
    }

    /**
     * Opens a file.
     *
     * @param file its path
     * @return its producer
     * @throws IOException if it cannot be opened
     */
    public static StreamProducer of(Path file) throws IOException {
        return new StreamProducer(Files.newInputStream(file));
    }

    @Override
    public byte[] more() throws IOException {
        return stream.readNBytes(AsyncChat.DEFAULT_BUFFER_SIZE);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
