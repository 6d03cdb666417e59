package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** One run of the command in this process, and what it printed. */
record Captured(int exitCode, String out, String err) {

    static Captured run(String input, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams = new Streams(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                false);
        int exitCode = Main.commandLine(streams).execute(args);
        return new Captured(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
