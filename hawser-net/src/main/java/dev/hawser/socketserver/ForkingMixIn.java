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
 * <h2>For the caller</h2>
 * Those of {@link BaseServer}.
 *
 * <h2>To override</h2>
 * {@link #maxChildren}, {@link #minSpareWorkers}, {@link #maxRequestsPerWorker}, {@link #requestTimeLimit}, {@link #workerOptions}, {@link #blockOnClose},
 * {@link #timeout}. The limits are asked for when the server first needs a worker, and hold for its life.
 *
 * <h2>For derived classes and mix-ins</h2>
 * {@link #serviceActions}, {@link #awaitRoom}, {@link #processRequest}.
 *
 * <h2>Threading</h2>
 * {@link #verifyRequest} and {@link #processRequest} run in the loop's thread. The handler, {@link #finishRequest} and {@link #shutdownRequest} run in the
 * worker's main thread; an override of these methods in the server's class is not asked there. {@link #closeRequest} is called in this process, by any
 * thread, as soon as a worker has the request. {@link #handleError} is called in this process, too, in a virtual thread of its own, when the
 * request is closed here already; it may call {@link #shutdown} and {@link #serverClose}.
 *
 * <h2>Blocking and timeouts</h2>
 * The loop waits while all of {@link #maxChildren} are busy; {@link #shutdown} ends that wait, too. A request that finds no idle worker waits for the first
 * that becomes free or ready. More than {@link #minSpareWorkers} are started when some were busy with one request for 50 to 100 ms, or a request has
 * waited for 200 to 250 ms: a new JVM costs more than hundreds of short requests. Where clients come in crowds and handlers wait for others
 * rather than compute, let {@link #minSpareWorkers} be greater. A request may take {@link #requestTimeLimit} from then on. {@link #serverClose} waits for the requests in progress, see {@link #blockOnClose}.
 *
 * <h2>Errors</h2>
 * A worker that dies in the middle of a request takes that request with it, and is replaced: the client's connection is closed, and {@link
 * #handleError} is told with a {@link WorkerDiedException}. That is so, too, for one that is killed when it has just been given a request and has not
 * begun with it: the connection is the worker's alone from then on. What a handler throws comes as a {@link WorkerException}, and the worker serves
 * on. When workers do not start at all, because of an option that their JVM does not know, a handler whose class cannot be loaded, or want of
 * memory, the reason is logged once, starts are tried again and again, at most ten seconds apart, and requests go to {@link #handleError} with an
 * {@link IOException} and are shut down. What {@link #handleError} throws is logged. A handler that is no class, and limits that make no sense, are
 * refused with an {@link IllegalArgumentException}: the former when the server is bound, the latter when it first serves.
 *
 * <h2>Platform notes</h2>
 * When this process ends, however it does, its workers end at once. They are in a process group of their own, so that Ctrl-C in a terminal ends this process
 * alone: let it call {@link #serverClose} in a shutdown hook, and requests in progress are finished. Workers that were not needed for a minute are let go,
 * down to {@link #minSpareWorkers}.
 *
 * <p>Source: Python's {@code socketserver.ForkingMixIn}, fork(2), unix(7); the pool is Hawser's.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="forking"}
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
     * How many workers are there for the next requests, at least, while there are fewer than {@link #maxChildren}: they wait for them, or have
     * done so a moment ago. So many clients that stay are served without delay when they come at the same time.
     *
     * @return 2; 1 where {@link #maxChildren} is 1
     */
    default int minSpareWorkers() {
        return Math.min(2, maxChildren());
    }

    /**
     * After so many requests a worker ends, and another one takes its place: a guard against what handlers leave behind. With 1 each
     * request has a process of its own, as after a fork, and costs the start of a JVM.
     *
     * @return 100000
     */
    default int maxRequestsPerWorker() {
        return 100_000;
    }

    /**
     * How long a request may take, from when a worker has it. Then the worker is killed, and so the client's connection is closed; {@link
     * #handleError} is told with a {@link WorkerDiedException}.
     *
     * @return five minutes; null for no limit
     */
    default @Nullable Duration requestTimeLimit() {
        return Duration.ofMinutes(5);
    }

    /**
     * The options of the workers' JVMs, besides the paths of classes and modules, which are this process's.
     *
     * <p>Where requests are short, a worker spends most of its life on starting and on compiling: {@code -XX:TieredStopAtLevel=1}
     * then nearly halves what a request costs there, and makes handlers slower that compute for long.
     *
     * @return a small collector, and the end of the process when memory runs out
     */
    default List<String> workerOptions() {
        return List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    /**
     * Whether {@link #serverClose} waits for the requests in progress, without limit but {@link #requestTimeLimit}; an interrupt ends the wait.
     * Otherwise the workers end by themselves when they have served them, unless this process ends before.
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

    /**
     * Kills the workers that have a request, which closes the connections of their clients, and shuts down the requests that wait for one.
     * None of them is reported as an error.
     */
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
        try {
            BaseServer.super.serverClose();
        } finally {
            WorkerPool<R> pool = WorkerPool.ofServing(this);
            if (pool != null) {
                pool.close();
            }
        }
    }
}
