package dev.hawser.socketserver;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The events of a worker, as text. */
final class WorkerStory<R> implements WorkerEvents<R> {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile @Nullable WorkerException failure;

    /** The next event, or null where none comes for half a minute. */
    @Nullable
    String next() throws InterruptedException {
        return events.poll(30, TimeUnit.SECONDS);
    }

    /** Of the last request that failed. */
    @Nullable
    WorkerException failure() {
        return failure;
    }

    @Override
    public void ready(Worker<R> worker) {
        events.add("ready");
    }

    @Override
    public void done(Worker<R> worker, @Nullable WorkerException thrown) {
        failure = thrown;
        events.add(thrown == null ? "done" : "failed " + thrown.getMessage());
    }

    @Override
    public void leaving(Worker<R> worker, @Nullable WorkerException reason) {
        failure = reason;
        events.add(reason == null ? "leaving" : "leaving " + reason.getMessage());
    }

    @Override
    public void ended(Worker<R> worker, int exitStatus) {
        events.add("ended " + exitStatus);
    }
}
