package dev.hawser.socket;

import java.io.Closeable;
import java.io.IOException;

/**
 * Two connected sockets, as {@link Sockets#socketPair} makes them.
 *
 * @param first one end
 * @param second the other end
 */
public record SocketPair(Socket first, Socket second) implements Closeable {

    /** Closes both ends. */
    @Override
    public void close() throws IOException {
        try (first) {
            second.close();
        }
    }
}
