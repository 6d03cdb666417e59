package dev.hawser.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in CPython, the other end of a conversation: the test reads its lines and writes lines to it. */
final class CPython implements Closeable {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    /** Starts a program, whose arguments are {@code sys.argv[1:]}. */
    CPython(String program, Object... arguments) throws IOException {
        assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON + " here to talk to");
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-u", "-c", program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(UTF_8);
        input = process.outputWriter(UTF_8);
    }

    /** The next line that the program prints. */
    String line() throws IOException {
        return output.readLine();
    }

    int number() throws IOException {
        return Integer.parseInt(line());
    }

    void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** All that the program still prints; it must end well. */
    List<String> finish() throws IOException, InterruptedException {
        input.close();
        List<String> lines = output.lines().toList();
        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        try (output) {
            input.close();
        }
    }
}
