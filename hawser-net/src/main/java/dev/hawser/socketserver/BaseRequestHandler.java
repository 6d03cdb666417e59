package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * Handles one request: an object is made for each, so that its fields belong to that request. {@link #setup}, {@link #handle} and
 * {@link #finish} are called in this order; {@link #finish} also after {@link #handle} has thrown, an {@link Error} too, but not after
 * {@link #setup} has. Extend {@link StreamRequestHandler} or {@link DatagramRequestHandler} for streams to read from and to write
 * to; extend this one for the connection or the datagram as it is, or where a datagram must not be answered. A class that is
 * given to a server needs a constructor without arguments, of any visibility; {@link RequestHandler#from} takes handlers with
 * arguments.
 *
 * <h2>For derived classes</h2>
 * {@link #request}, {@link #clientAddress}, {@link #server}, from {@link #setup} on; in a constructor they are an {@link
 * IllegalStateException}.
 *
 * <h2>To override</h2>
 * {@link #handle}; {@link #setup} and {@link #finish} for what each request needs before and after it.
 *
 * <h2>Threading</h2>
 * An object is used by one thread: that of the loop, or the request's own where the server has a {@link ThreadingMixIn}.
 *
 * <h2>Blocking and timeouts</h2>
 * A handler may block. On a server without a mix-in all other clients wait meanwhile.
 *
 * <h2>Errors</h2>
 * What a handler throws goes to {@link BaseServer#handleError} and ends this request alone. What {@link #finish} throws after {@link
 * #handle} has thrown is suppressed in the latter's exception.
 *
 * <p>Source: Python's {@code socketserver.BaseRequestHandler}.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="base"}
 *
 * @param <R> what a request is
 */
public abstract class BaseRequestHandler<R> {

    private @Nullable ReceivedRequest<R> received;
    private @Nullable BaseServer<R> server;

    /** Made by the server, once for each request. */
    protected BaseRequestHandler() {}

    final void run(R request, Sockaddr clientAddress, BaseServer<R> ofServer) throws Exception {
        if (received != null) {
            throw new IllegalStateException(
                    getClass().getName() + " was given a second request: make a new handler for each");
        }
        received = new ReceivedRequest<>(request, clientAddress);
        server = ofServer;
        setup();
        try {
            handle();
        } catch (Throwable e) {
            finishAfter(e);
            throw e;
        }
        finish();
    }

    private void finishAfter(Throwable failure) {
        try {
            finish();
        } catch (Throwable e) {
            Exceptions.add(failure, e);
        }
    }

    /**
     * The request.
     *
     * @return the connection, or the datagram
     */
    protected final R request() {
        return received().request();
    }

    /**
     * Who sent the request.
     *
     * @return the address; {@link dev.hawser.socket.SockaddrUn#UNNAMED} for a Unix client without a name
     */
    protected final Sockaddr clientAddress() {
        return received().clientAddress();
    }

    /**
     * The server. In a worker process it is the worker: its {@link BaseServer#shutdown} ends that worker after this request.
     *
     * @return the server
     */
    protected final BaseServer<R> server() {
        if (server == null) {
            throw tooEarly();
        }
        return server;
    }

    private ReceivedRequest<R> received() {
        if (received == null) {
            throw tooEarly();
        }
        return received;
    }

    private IllegalStateException tooEarly() {
        return new IllegalStateException(
                getClass().getName() + " has no request in its constructor: ask for it in setup() or handle()");
    }

    /**
     * Called before {@link #handle}. Here it does nothing. Where it throws, neither {@link #handle} nor {@link #finish} is called.
     *
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    protected void setup() throws Exception {}

    /**
     * Does all that the request asks for. The server closes a connection when it has returned.
     *
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    protected abstract void handle() throws Exception;

    /**
     * Called after {@link #handle}, whether or not it has thrown. Here it does nothing.
     *
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    protected void finish() throws Exception {}
}
