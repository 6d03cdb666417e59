package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/**
 * A worker, as the pool sees it. Its methods may be called from any thread, and return at once; what becomes of them is told to its
 * {@link WorkerEvents}, in another thread.
 *
 * @param <R> what a request is
 */
interface Worker<R> {

    /** The number of the process. */
    long pid();

    /**
     * Hands a request over. The caller's descriptor of it stays the caller's to close.
     *
     * @return false where the worker has gone, so that it never got the request
     * @throws IOException if the request cannot be passed to any process
     */
    boolean give(R request, Sockaddr clientAddress) throws IOException;

    /** Has it end, with status 0, when it has served what it was given. */
    void retire();

    /** Ends it at once, whatever it does. */
    void kill();
}
