package dev.hawser.examples;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;

/** A client of a {@link TimeServer}. */
public interface TimeClient extends Closeable {

    /** Sends a message of at most {@link TimeServer#BUFSIZ} bytes and returns the answer. */
    byte[] ask(byte[] message) throws IOException;

    /**
     * Sends line after line and prints the answers, until an empty line or the end of the lines.
     *
     * @return how many messages got no answer
     */
    int run(Lines lines, PrintStream out, PrintStream err) throws IOException;
}
