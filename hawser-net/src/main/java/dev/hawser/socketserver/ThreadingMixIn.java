package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Processes each request in a thread of its own, while the server waits for the next one. Any server class takes it on, in any
 * order: {@code class MyServer extends TcpServer implements ThreadingMixIn<Socket>}.
 *
 * <p>What a class of the program's own overrides counts before what this interface does, as everywhere in Java: a server whose superclass
 * overrides {@link #serverClose} or {@link #processRequest} itself overrides that method once more, and calls {@code
 * ThreadingMixIn.super.serverClose()} there besides {@code super.serverClose()}. Otherwise nobody waits, or no thread is made.
 *
 * <p>The threads are virtual ones, unless {@link #threadFactory} makes others. One that has no name of its own is named after its client,
 * {@code request from 127.0.0.1:40000}, so that a dump of threads ({@code jcmd PID Thread.dump_to_file FILE}) tells whom each serves.
 *
 * <h2>For the caller</h2>
 * {@link #activeRequests}, {@link #drain}; those of {@link BaseServer}.
 *
 * <h2>To override</h2>
 * {@link #threadFactory}, {@link #maxRequests}, {@link #daemonThreads}, {@link #blockOnClose}; {@link #processRequestThread}, what is done in a request's
 * thread.
 *
 * <h2>For derived classes and mix-ins</h2>
 * {@link #awaitRoom}, {@link #processRequest}.
 *
 * <h2>Threading</h2>
 * {@link #verifyRequest} runs in the loop's thread; {@link #finishRequest}, the handler, {@link #handleError} and {@link #shutdownRequest} run in the request's.
 * What they share is theirs to guard. A handler may call {@link #shutdown}, {@link #serverClose} and {@link #closeClients}.
 *
 * <h2>Blocking and timeouts</h2>
 * The loop waits while there are {@link #maxRequests}; {@link #shutdown} ends that wait, too. {@link #serverClose} waits for the requests in progress, see
 * {@link #blockOnClose}.
 *
 * <h2>Errors</h2>
 * What a request throws goes to {@link #handleError}, in its own thread, and ends that request alone. What {@link #handleError} itself throws goes to the
 * thread's {@link Thread.UncaughtExceptionHandler}, which prints it unless told otherwise, with what it was told of as a suppressed exception; the
 * loop goes on. A thread that cannot be made or started, for want of memory perhaps, is reported to {@link #handleError} in the loop's thread, and its
 * request is shut down.
 *
 * <h2>Platform notes</h2>
 * The JVM does not wait for virtual threads, whatever {@link #daemonThreads} says: let {@code main} call {@link #serverClose}.
 *
 * <p>Source: Python's {@code socketserver.ThreadingMixIn}; the limit on requests is Hawser's.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="threading"}
 *
 * @param <R> what a request is
 */
public interface ThreadingMixIn<R> extends BaseServer<R> {

    /**
     * Makes the thread for a request, without starting it. Asked for each request: let it return the same factory.
     *
     * @return a factory of virtual threads; {@code Thread.ofPlatform().factory()} makes platform threads
     */
    default ThreadFactory threadFactory() {
        return RequestThreads.VIRTUAL;
    }

    /**
     * Whether the requests in progress are left to themselves at {@link #serverClose}. Platform threads are daemon threads then, so that the
     * JVM may end while they run, and none otherwise, whatever their factory says.
     *
     * @return false
     */
    default boolean daemonThreads() {
        return false;
    }

    /**
     * Whether {@link #serverClose} waits for the requests in progress, unless they are in {@link #daemonThreads}.
     *
     * @return true
     */
    default boolean blockOnClose() {
        return true;
    }

    /**
     * The most requests at a time. When there are so many, the server takes no more until one has ended: clients wait in the kernel's
     * queue, see {@link #requestQueueSize}.
     *
     * @return 10000; at least 1
     */
    default int maxRequests() {
        return 10_000;
    }

    /**
     * How many requests are in progress.
     *
     * @return 0 or more; one that has ended does not count any more
     */
    default int activeRequests() {
        RequestThreads<R> threads = RequestThreads.existing(this);
        return threads == null ? 0 : threads.size();
    }

    /**
     * Waits until no request is in progress but the caller's own. New ones may come unless {@link #shutdown} was called before.
     *
     * @param atMost how long to wait; zero or negative: not at all
     * @return whether there is none
     * @throws InterruptedException if the waiting thread is interrupted
     */
    default boolean drain(Duration atMost) throws InterruptedException {
        RequestThreads<R> threads = RequestThreads.existing(this);
        return threads == null || threads.drain(atMost);
    }

    /** Waits until one of {@link #maxRequests} is free. */
    @Override
    default void awaitRoom() throws IOException {
        RequestThreads.of(this).awaitRoom();
    }

    /** Starts a thread for {@link #processRequestThread}. */
    @Override
    default void processRequest(R request, Sockaddr clientAddress) {
        RequestThreads.of(this).start(request, clientAddress);
    }

    /**
     * What is done in the request's thread: {@link #finishRequest} and {@link #shutdownRequest}; where one of them throws, unless it is
     * {@link #closeClients} that ended it, {@link #handleError} and {@link #shutdownRequest}.
     *
     * @param request the request
     * @param clientAddress who sent it
     */
    default void processRequestThread(R request, Sockaddr clientAddress) {
        try {
            finishRequest(request, clientAddress);
            shutdownRequest(request);
        } catch (Throwable e) {
            RequestThreads.fail(this, request, clientAddress, e);
        }
    }

    /** Ends the loop, see {@link BaseServer#shutdown}. The requests in progress go on. */
    @Override
    default void shutdown() {
        RequestThreads<R> threads = RequestThreads.existing(this);
        if (threads == null) {
            BaseServer.super.shutdown();
        } else {
            threads.whileWaiting(BaseServer.super::shutdown);
        }
    }

    /**
     * Closes the socket, and waits for the requests in progress, see {@link #blockOnClose}; in a handler's thread, and in the loop's, not for its own, and
     * not for those that are themselves in this method or in {@link #shutdown}. To wait for a limited time, call {@link #drain} and {@link #closeClients} before.
     *
     * @throws IOException if the close fails; an {@link java.io.InterruptedIOException} if the thread is interrupted while it waits, after the socket
     *     was closed
     */
    @Override
    default void serverClose() throws IOException {
        try {
            BaseServer.super.serverClose();
        } finally {
            RequestThreads<R> threads = RequestThreads.existing(this);
            if (threads != null && blockOnClose() && !daemonThreads()) {
                threads.join();
            }
        }
    }
}
