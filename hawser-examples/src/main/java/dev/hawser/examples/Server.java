package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import java.io.Closeable;
import java.io.IOException;

/** A server that listens from its construction on. */
public interface Server extends Closeable {

    /** Where it listens: the true port, also where port 0 was asked for. */
    Sockaddr address();

    /** Serves until {@link #close} is called, from any thread; returns when all that it does has ended. */
    void serve() throws IOException;

    /** What it has done so far, such as {@code 2 clients}. */
    String served();

    /** Writes {@code 1 client}, {@code 2 clients}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
