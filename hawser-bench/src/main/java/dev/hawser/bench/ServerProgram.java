package dev.hawser.bench;

import java.io.IOException;
import java.util.List;

/** A server that can take part in a scenario: a name, and how to start it. */
interface ServerProgram {
    /** Begins the first line of a process that has found out itself that the machine lacks what it needs; the reason follows. */
    String UNAVAILABLE = "unavailable ";

    String name();

    /**
     * The command that starts it. The process prints the port it listens on as its first line, or {@link #UNAVAILABLE} and why not, and ends when its
     * standard input does.
     *
     * @throws UnavailableException where this machine lacks what the server needs
     */
    List<String> command(Workshop workshop) throws IOException, UnavailableException;

    /** Says in a few words why a server cannot run on this machine. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String reason) {
            super(reason);
        }
    }
}
