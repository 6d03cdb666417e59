package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;

/** A server that listens from its construction on. */
public interface Server extends Service {

    /** Where it listens: the true port, also where port 0 was asked for. */
    Sockaddr address();

    /** Writes {@code 1 client}, {@code 2 clients}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
