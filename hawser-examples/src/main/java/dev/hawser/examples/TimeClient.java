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
     * @return how many messages got no answer; where an answer that does not come is an exception, none
     */
    default int run(Lines lines, PrintStream out, PrintStream err) throws IOException {
        byte[] message;
        while ((message = lines.next()) != null && message.length > 0) {
            out.write(ask(message));
            out.println();
            out.flush();
        }
        return 0;
    }
}
