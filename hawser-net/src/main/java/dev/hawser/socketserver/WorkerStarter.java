package dev.hawser.socketserver;

import java.io.Closeable;
import java.io.IOException;

/**
 * Starts workers.
 *
 * @param <R> what a request is
 */
interface WorkerStarter<R> extends Closeable {

    /** Starts one; it is not ready yet. */
    Worker<R> start(WorkerEvents<R> events) throws IOException;

    /** Gives back what belongs to no single worker, after the last of them has ended. */
    @Override
    void close() throws IOException;
}
