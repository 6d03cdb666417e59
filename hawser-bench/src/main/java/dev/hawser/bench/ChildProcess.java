package dev.hawser.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server or the load, seen from the bench: lines to its standard input, lines from its standard output, its standard
 * error in a log. It is expected to end when its standard input does, and is killed when it does not.
 */
final class ChildProcess implements AutoCloseable {
    private static final long GRACE_MILLIS = 1_000;

    /** Exit code of a process that SIGINT ended: a terminal sends it to the whole group, this JVM included. */
    private static final int INTERRUPTED = 130;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread reader;
    private volatile boolean hungUp;

    /** What it printed; an empty element stands for the end. */
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reader = Thread.ofPlatform().daemon().name("output of " + name).unstarted(this::readLines);
    }

    static ChildProcess start(String name, List<String> command, Path log) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        ChildProcess child = new ChildProcess(name, process, log);
        child.reader.start();
        return child;
    }

    long pid() {
        return process.pid();
    }

    void say(String line) throws BenchException {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new BenchException(name + " ended" + lastWords());
        }
    }

    /**
     * The next line it prints.
     *
     * @throws BenchException if it says nothing for so long, or ended
     * @throws InterruptedException if it ended because the run is being broken off, as by Ctrl-C
     */
    String hear(Duration patience) throws BenchException, InterruptedException {
        Optional<String> line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new BenchException(name + " said nothing for " + patience.toSeconds() + " s" + lastWords());
        }
        if (line.isEmpty() && (hungUp || process.waitFor() == INTERRUPTED)) {
            throw new InterruptedException("the run was broken off");
        }
        return line.orElseThrow(() -> new BenchException(name + " ended" + lastWords()));
    }

    /** Closes its standard input, which tells it to end, and does not wait. */
    void hangUp() {
        hungUp = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // A broken pipe: it has ended already.
            return;
        }
    }

    /** Sees it end, by a kill if need be. */
    @Override
    public void close() {
        hangUp();
        try {
            if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            reader.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().map(Optional::of).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(Optional.of("(its output broke off: " + e.getMessage() + ")"));
        }
        lines.add(Optional.empty());
    }

    /** The end of its log, for a message that says why it failed. */
    private String lastWords() {
        try {
            String said = Files.readString(log).strip();
            return said.isEmpty() ? "" : ": " + said.substring(said.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            return "";
        }
    }
}
