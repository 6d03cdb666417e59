package dev.hawser.reactor;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Logs what a process writes to its standard error, a line at a time. */
final class ErrorLines {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    /** A line that has no end is logged in pieces. */
    private static final int MAX_BYTES = 4096;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    void add(ProcessTransport process, ByteBuffer data) {
        while (data.hasRemaining()) {
            byte next = data.get();
            if (next != '\n') {
                line.write(next);
            }
            if (next == '\n' || line.size() == MAX_BYTES) {
                flush(process);
            }
        }
    }

    /** Logs the line that has not ended. */
    void flush(ProcessTransport process) {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (!text.isEmpty()) {
            LOG.log(Level.WARNING, () -> "process " + process.pid() + " says: " + text);
        }
    }
}
