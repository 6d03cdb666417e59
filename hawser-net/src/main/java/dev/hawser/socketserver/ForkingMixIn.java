package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processes each request in another process, so that whatever a handler does to its process, others do not notice: an exit, an endless
 * loop, a crash of native code, memory that is never given back. Any server class takes it on, in any order: {@code class
 * MyServer extends TcpServer implements ForkingMixIn<Socket>}.
 *
 * <p>A JVM cannot fork(2), so there is a pool of worker JVMs, started ahead of need. A worker gets one request at a time: the
 * descriptor of the connection itself, passed over a Unix socket (SCM_RIGHTS); or the datagram with its sender's address, which it answers
 * from the server's own socket. Then this process closes its side of the connection.
 *
 * <p>The handler is named by its class, which a worker loads with this process's class path. A worker is a process of its own and not
 * a copy of this one: it knows nothing that this process has in memory. What it needs can be given as system properties, see {@link
 * #workerOptions}. {@link BaseRequestHandler#server} is an object for the worker there: what the server's class overrides is not in it.
 * A worker serves up to {@link #maxRequestsPerWorker} requests, one after another, so that static fields live for that long.
 *
 * <p>A worker that dies in the middle of a request takes that request with it, and is replaced: the client's connection is closed, and {@link
 * #handleError} is told with a {@link WorkerDiedException}. What a handler throws comes as a {@link WorkerException}. When this process
 * ends, however it does, its workers end at once.
 *
 * @param <R> what a request is
 */
public interface ForkingMixIn<R> extends BaseServer<R> {

    /**
     * The most workers, and so the most requests at a time. When all are busy, the server takes no more: clients wait in the kernel's queue.
     *
     * @return 40, as in Python
     */
    default int maxChildren() {
        return 40;
    }

    /**
     * How many workers wait for requests, at least, while there are fewer than {@link #maxChildren}.
     *
     * @return 2; 1 where {@link #maxChildren} is 1
     */
    default int minSpareWorkers() {
        return Math.min(2, maxChildren());
    }

    /**
     * After so many requests a worker ends, and another one takes its place.
     *
     * @return 1000
     */
    default int maxRequestsPerWorker() {
        return 1000;
    }

    /**
     * How long a request may take. Then its worker is killed, and so the client's connection is closed.
     *
     * @return five minutes; null for no limit
     */
    default @Nullable Duration requestTimeLimit() {
        return Duration.ofMinutes(5);
    }

    /**
     * The options of the workers' JVMs, besides the paths of classes and modules, which are this process's.
     *
     * @return a small collector, and the end of the process when memory runs out
     */
    default List<String> workerOptions() {
        return List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    /**
     * Whether {@link #serverClose} waits for the requests in progress. Otherwise the workers end by themselves when they have served them.
     *
     * @return true
     */
    default boolean blockOnClose() {
        return true;
    }

    /**
     * How long {@link #handleRequest} waits.
     *
     * @return five minutes, as in Python
     */
    @Override
    default @Nullable Duration timeout() {
        return Duration.ofMinutes(5);
    }

    /** Starts workers, so that {@link #minSpareWorkers} wait for requests. An override calls this one, too. */
    @Override
    default void serviceActions() throws IOException {
        WorkerPool.of(this).keepSpare();
    }

    /** Waits until a worker is free, or one more can be started. */
    @Override
    default void awaitRoom() throws IOException {
        WorkerPool.of(this).awaitRoom();
    }

    /** Passes the request to a worker. */
    @Override
    default void processRequest(R request, Sockaddr clientAddress) throws IOException {
        WorkerPool.of(this).give(request, clientAddress);
    }

    /** Kills the workers that have a request, which closes the connections of their clients. */
    @Override
    default void closeClients() {
        WorkerPool<R> pool = WorkerPool.ofServing(this);
        if (pool != null) {
            pool.killBusy();
        }
    }

    /** Closes the socket and ends the workers, see {@link #blockOnClose}. */
    @Override
    default void serverClose() throws IOException {
        BaseServer.super.serverClose();
        WorkerPool<R> pool = WorkerPool.ofServing(this);
        if (pool != null) {
            pool.close();
        }
    }
}
