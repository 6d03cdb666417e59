package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;

/**
 * Processes each request in a thread of its own, while the server waits for the next one. Any server class takes it on, in any
 * order: {@code class MyServer extends TcpServer implements ThreadingMixIn<Socket>}.
 *
 * <p>The threads are virtual ones, unless {@link #threadFactory} makes others.
 *
 * @param <R> what a request is
 */
public interface ThreadingMixIn<R> extends BaseServer<R> {

    /**
     * Makes the thread for a request.
     *
     * @return a factory of virtual threads; {@code Thread.ofPlatform().factory()} makes platform threads
     */
    default ThreadFactory threadFactory() {
        return RequestThreads.VIRTUAL;
    }

    /**
     * Whether the requests in progress are left to themselves at {@link #serverClose}. Platform threads are made daemon threads then,
     * so that the JVM may end while they run.
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
     * queue.
     *
     * @return 10000
     */
    default int maxRequests() {
        return 10_000;
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
     * What is done in the request's thread: {@link #finishRequest}, {@link #handleError} where that throws, unless it is {@link
     * #closeClients} that ended it, {@link #shutdownRequest}.
     *
     * @param request the request
     * @param clientAddress who sent it
     */
    default void processRequestThread(R request, Sockaddr clientAddress) {
        try {
            finishRequest(request, clientAddress);
        } catch (Throwable e) {
            state().failed(this, request, clientAddress, e);
        } finally {
            shutdownRequest(request);
        }
    }

    /** Closes the socket, and waits for the requests in progress, see {@link #blockOnClose}; not for the calling thread's own. */
    @Override
    default void serverClose() throws IOException {
        BaseServer.super.serverClose();
        RequestThreads.of(this).join();
    }
}
