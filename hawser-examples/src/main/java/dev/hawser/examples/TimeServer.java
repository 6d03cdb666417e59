package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import java.io.Closeable;
import java.io.IOException;

/** A server that sends back what it is sent, with the time before it. It listens from its construction on. */
public interface TimeServer extends Closeable {

    /** The port of the demos, where no other is given. */
    int PORT = 21567;

    /** The most bytes that one message takes. */
    int BUFSIZ = 1024;

    /** Where it listens: the true port, also where port 0 was asked for. */
    Sockaddr address();

    /** Serves until {@link #close} is called, from any thread; returns when all its threads have ended. */
    void serve() throws IOException;

    /** What it has done so far, such as {@code 2 clients}. */
    String served();

    /** Writes {@code 1 client}, {@code 2 clients}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
