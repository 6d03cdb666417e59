package dev.hawser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: every client asks the next time when it has been answered. A server that stalls is asked less, so that its
 * stall is in the latencies of those who waited, and not in those of all who would have come meanwhile.
 *
 * <p>Threading: for one thread.
 */
final class ClosedLoop implements AutoCloseable {
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long NEVER = Long.MAX_VALUE;

    private final Duration patience;
    private final Selector selector = Selector.open();
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

    /** With nothing coming back for the time of {@code patience}, the server has failed. */
    ClosedLoop(Duration patience) throws IOException {
        this.patience = patience;
    }

    /** Each key's attachment is a {@link Member}. */
    Selector selector() {
        return selector;
    }

    /** Runs without measuring. */
    void settle(Duration length) throws IOException {
        drive(length, NEVER);
    }

    /** Runs, and measures the server of this process id, with the processes that descend from it. */
    Window measure(long pid, Duration length) throws IOException {
        latencies.reset();
        CpuTime before = cpuTimeAtRest(pid);
        long loadBefore = CpuTime.ofThisThread();
        // What is in flight here waited for this: its answers count, its latencies do not.
        long start = System.nanoTime();
        long answers = drive(length, start);
        long elapsed = System.nanoTime() - start;
        long loadCpu = CpuTime.ofThisThread() - loadBefore;
        CpuTime after = cpuTimeAtRest(pid);
        return new Window(answers, elapsed, after.nanosSince(before), loadCpu, Window.Latencies.of(latencies));
    }

    /**
     * The server's CPU time once it has answered all that is in flight and sleeps. The kernel brings a thread's time up to
     * date when it goes to sleep, so the figure is exact; and as many answers wait here at the end of a window as at its
     * start, so the answers counted are those the time was spent on.
     */
    private static CpuTime cpuTimeAtRest(long pid) throws IOException {
        LockSupport.parkNanos(REST_NANOS);
        return CpuTime.of(pid);
    }

    /** Keeps the clients asking for the time of {@code length}, and until one was answered; returns how many were. */
    private long drive(Duration length, long recordFromNanos) throws IOException {
        Pass pass = new Pass(recordFromNanos);
        long now = System.nanoTime();
        long end = now + length.toNanos();
        long lastEvent = now;
        while (now < end || pass.answers == 0) {
            // Never sleeps: a server that had to wake the load would be charged for it, now and then. And what the
            // load's own CPU time lacks of the clock's tells how quiet the machine was.
            int ready = select(pass);
            now = System.nanoTime();
            if (ready > 0) {
                lastEvent = now;
            } else if (now - lastEvent > patience.toNanos()) {
                throw new IOException("nothing came back for " + patience.toMillis() + " ms");
            }
        }
        return pass.answers;
    }

    private int select(Pass pass) throws IOException {
        try {
            return selector.selectNow(pass::handle);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    /** A client in the loop. */
    @FunctionalInterface
    interface Member {
        /**
         * Handles what is ready: takes what came, notes the latency of each answer whose question was put no earlier than
         * {@code fromNanos}, and asks anew.
         *
         * @return how many answers came
         */
        int handle(Histogram latencies, long nowNanos, long fromNanos) throws IOException;
    }

    static void note(Histogram latencies, long nanos) {
        latencies.recordValue(Math.min(nanos, latencies.getHighestTrackableValue()));
    }

    /** What {@link #drive} shares with the selector's call-back. */
    private final class Pass {
        private final long recordFromNanos;
        private long answers;

        Pass(long recordFromNanos) {
            this.recordFromNanos = recordFromNanos;
        }

        void handle(SelectionKey key) {
            Member member = (Member) key.attachment();
            try {
                answers += member.handle(latencies, System.nanoTime(), recordFromNanos);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
