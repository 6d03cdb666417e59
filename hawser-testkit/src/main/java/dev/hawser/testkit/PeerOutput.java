package dev.hawser.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a program prints, read by a thread of its own: so it never waits for its reader, and all is kept to be told. */
final class PeerOutput {

    private static final long END_MILLIS = 5_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private int next;
    private boolean ended;

    private final InputStream stream;
    private final Thread thread;

    private PeerOutput(InputStream stream, String threadName) {
        this.stream = stream;
        this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::readToEnd);
    }

    static PeerOutput of(InputStream stream, String threadName) {
        PeerOutput output = new PeerOutput(stream, threadName);
        output.thread.start();
        return output;
    }

    /** The next line; empty at the end, and when the time is up. */
    Optional<String> next(Duration timeout) {
        lock.lock();
        try {
            long remaining = timeout.toNanos();
            while (next == lines.size() && !ended && remaining > 0) {
                remaining = more.awaitNanos(remaining);
            }
            return next < lines.size() ? Optional.of(lines.get(next++)) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether every line was taken, and no more will come. */
    boolean isAtEnd() {
        lock.lock();
        try {
            return ended && next == lines.size();
        } finally {
            lock.unlock();
        }
    }

    /** Every line until now, taken or not. */
    String all() {
        lock.lock();
        try {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end, and frees the stream: false where the wait was interrupted. */
    boolean awaitEnd() {
        try {
            thread.join(Duration.ofMillis(END_MILLIS));
            return true;
        } catch (InterruptedException e) {
            return false;
        } finally {
            close();
        }
    }

    private void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing is lost: all was read, or is not wanted.
        }
    }

    private void readToEnd() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(line -> change(() -> lines.add(line)));
        } catch (IOException | UncheckedIOException e) {
            // The program was ended while it printed.
        } finally {
            change(() -> ended = true);
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
