package dev.hawser.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Says what is going on and how long it will take: one line that changes at a terminal, a line for each step elsewhere. */
final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintStream out;
    private final boolean terminal;
    private Duration left = Duration.ZERO;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Progress onStandardError() {
        return new Progress(System.err, isTerminal(STANDARD_ERROR));
    }

    void begin(Duration planned) {
        left = planned;
    }

    /** Tells of a step that starts now and takes that long. */
    void step(String what, Duration length) {
        note(what + " (about " + Math.round(left.toMillis() / 1e3) + " s left)");
        left = left.minus(length);
    }

    /** Tells of what is going on, where nobody knows how long it will take. */
    void note(String line) {
        out.print(terminal ? CLEAR_LINE + line : line + System.lineSeparator());
        out.flush();
    }

    void end() {
        out.print(terminal ? CLEAR_LINE : "");
        out.flush();
    }

    /** System.console() cannot tell: it asks for standard input and output, and the table may well go to a file. */
    private static boolean isTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
