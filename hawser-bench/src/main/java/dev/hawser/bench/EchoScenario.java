package dev.hawser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: every connection keeps the same number of messages in flight and sends the next one when one has come
 * back. Latency counts from that sending to the moment the answer was seen, so it holds the time the message waited
 * behind those of the other connections: at full load, mostly that.
 */
final class EchoScenario implements Scenario {
    static final String NAME = "echo";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long NEVER = Long.MAX_VALUE;

    private final EchoLoad load;
    private final Duration patience;
    private final BytePattern pattern = new BytePattern();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BytePattern.CHUNK_BYTES);
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

    EchoScenario(EchoLoad load) {
        this(load, PATIENCE);
    }

    /** With nothing coming back for the time of {@code patience}, the server has failed. */
    EchoScenario(EchoLoad load, Duration patience) {
        this.load = load;
        this.patience = patience;
    }

    @Override
    public Window measure(Target target, Duration settling, Duration measuring) throws IOException {
        List<EchoConnection> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            connect(target.port(), selector, connections);
            drive(selector, settling, NEVER);
            return measure(selector, target.pid(), measuring);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            for (EchoConnection connection : connections) {
                connection.close();
            }
        }
    }

    private void connect(int port, Selector selector, List<EchoConnection> connections) throws IOException {
        for (int number = 0; number < load.connections(); number++) {
            connections.add(new EchoConnection(number, port, load, pattern, selector));
        }
        for (EchoConnection connection : connections) {
            connection.start(System.nanoTime());
        }
    }

    private Window measure(Selector selector, long pid, Duration measuring) throws IOException {
        latencies.reset();
        CpuTime before = cpuTimeAtRest(pid);
        long loadBefore = CpuTime.ofThisThread();
        // Messages in flight here waited for this: they count, their latency does not.
        long start = System.nanoTime();
        long messages = drive(selector, measuring, start);
        long elapsed = System.nanoTime() - start;
        long loadCpu = CpuTime.ofThisThread() - loadBefore;
        CpuTime after = cpuTimeAtRest(pid);
        return new Window(messages, elapsed, after.nanosSince(before), loadCpu, percentiles());
    }

    private Window.Latencies percentiles() {
        return new Window.Latencies(
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9));
    }

    /**
     * The server's CPU time once it has answered all that is in flight and sleeps. The kernel brings a thread's time up to
     * date when it goes to sleep, so the figure is exact; and as many answers wait here at the end of a window as at its
     * start, so the messages counted are those the time was spent on.
     */
    private static CpuTime cpuTimeAtRest(long pid) throws IOException {
        LockSupport.parkNanos(REST_NANOS);
        return CpuTime.of(pid);
    }

    /** Keeps the messages flowing for the time of {@code length}, and until one came back; returns how many did. */
    private long drive(Selector selector, Duration length, long recordFromNanos) throws IOException {
        Pass pass = new Pass(recordFromNanos);
        long now = System.nanoTime();
        long end = now + length.toNanos();
        long lastAnswer = now;
        while (now < end || pass.messages == 0) {
            // Never sleeps: a server that had to wake the load would be charged for it, now and then. And what the
            // load's own CPU time lacks of the clock's tells how quiet the machine was.
            int ready = selector.selectNow(pass::handle);
            now = System.nanoTime();
            if (ready > 0) {
                lastAnswer = now;
            } else if (now - lastAnswer > patience.toNanos()) {
                throw new IOException("nothing came back for " + patience.toMillis() + " ms");
            }
        }
        return pass.messages;
    }

    /** What {@link #drive} shares with the selector's call-back. */
    private final class Pass {
        private final long recordFromNanos;
        private long messages;

        Pass(long recordFromNanos) {
            this.recordFromNanos = recordFromNanos;
        }

        void handle(SelectionKey key) {
            EchoConnection connection = (EchoConnection) key.attachment();
            try {
                messages += connection.handle(buffer, latencies, System.nanoTime(), recordFromNanos);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
