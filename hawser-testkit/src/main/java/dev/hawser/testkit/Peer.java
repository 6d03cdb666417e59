package dev.hawser.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test talks to. Text is UTF-8. Closing it ends the program and all that it has started.
 *
 * <h2>Blocking and timeouts</h2>
 * Whatever waits gives up after {@link #PATIENCE} or the time it is given, with an {@link AssertionError} that has the
 * program's state and all it has said.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 */
public final class Peer implements AutoCloseable {

    /** How long a program may take where nothing else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long GRACE_MILLIS = 1_000;

    private final String name;
    private final Process process;
    private final PeerOutput output;
    private final PeerOutput errors;

    Peer(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = PeerOutput.of(process.getInputStream(), "peer-" + name + "-stdout");
        this.errors = PeerOutput.of(process.getErrorStream(), "peer-" + name + "-stderr");
    }

    /** The next line of its standard output. */
    public String readLine() {
        return readLine(PATIENCE);
    }

    /** The next line of its standard output; it fails at the end, too. */
    public String readLine(Duration timeout) {
        return output.next(timeout).orElseThrow(() -> failure("printed no line within " + timeout));
    }

    /** All lines of its standard output from here to the end. */
    public List<String> readLines() {
        List<String> lines = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output.isAtEnd()) {
            output.next(Duration.ofNanos(deadline - System.nanoTime())).ifPresent(lines::add);
            if (System.nanoTime() - deadline > 0) {
                throw failure("did not end its output within " + PATIENCE);
            }
        }
        return lines;
    }

    /** The next line of its standard error. */
    public String readErrorLine() {
        return errors.next(PATIENCE).orElseThrow(() -> failure("printed no line on stderr within " + PATIENCE));
    }

    /** Writes a line to its standard input. */
    public void writeLine(String line) throws IOException {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes to its standard input. */
    public void write(byte[] bytes) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(bytes);
        input.flush();
    }

    /** Ends its standard input. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until it has ended: its exit status. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failure("did not end within " + PATIENCE);
        }
        return process.exitValue();
    }

    /** The process itself, for its number and its signals. */
    public Process process() {
        return process;
    }

    /** Ends it: politely first, then not. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        boolean undisturbed = ended();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        undisturbed &= ended();
        closeQuietly(process.getOutputStream());
        // Its output ends with it, and so do the threads that read it.
        for (PeerOutput stream : List.of(output, errors)) {
            undisturbed &= stream.awaitEnd();
        }
        if (!undisturbed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives it a moment to end: false where the wait was interrupted. */
    private boolean ended() {
        try {
            process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void closeQuietly(OutputStream input) {
        try {
            input.close();
        } catch (IOException unwritten) {
            // What the program did not read, it did not want.
        }
    }

    private AssertionError failure(String what) {
        String state = process.isAlive() ? "is running" : "has ended with status " + process.exitValue();
        return new AssertionError(name + " " + what + "; it " + state + "\nits stdout:\n" + output.all()
                + "its stderr:\n" + errors.all());
    }
}
