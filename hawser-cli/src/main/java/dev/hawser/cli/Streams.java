package dev.hawser.cli;

import dev.hawser.examples.Terminal;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes. They are streams of bytes: what passes through the examples is not always text.
 *
 * @param interactive whether somebody types the input
 * @param colour whether the output takes colours
 */
record Streams(InputStream in, PrintStream out, PrintStream err, boolean interactive, boolean colour) {

    /** This process's own; output is where the bytes go in the end. */
    static Streams standard(Output output) {
        String noColour = System.getenv("NO_COLOR");
        boolean colour = Terminal.isOutput()
                && (noColour == null || noColour.isEmpty())
                && !"dumb".equals(System.getenv("TERM"));
        PrintStream out = new PrintStream(new BufferedOutputStream(output), true, System.out.charset());
        return new Streams(System.in, out, System.err, Terminal.isInput(), colour);
    }
}
