package dev.hawser.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether somebody sits at the other end of a standard stream. */
public final class Terminal {

    private Terminal() {}

    /** Whether standard input is a terminal. */
    public static boolean isInput() {
        return isTerminal(0);
    }

    /** Whether standard output is a terminal. */
    public static boolean isOutput() {
        return isTerminal(1);
    }

    /** {@link System#console} does not do: it asks for both streams at once. Where there is no /proc, nobody is there. */
    private static boolean isTerminal(int fd) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
            return target.matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException e) {
            return false;
        }
    }
}
