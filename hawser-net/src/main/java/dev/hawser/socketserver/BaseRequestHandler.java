package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * Handles one request: an object is made for each. {@link #setup}, {@link #handle} and {@link #finish} are called in this
 * order; {@link #finish} also after {@link #handle} has thrown, but not after {@link #setup} has.
 *
 * @param <R> what a request is
 */
public abstract class BaseRequestHandler<R> {

    private @Nullable ReceivedRequest<R> received;
    private @Nullable BaseServer<R> server;

    /** Made by the server, once for each request. */
    protected BaseRequestHandler() {}

    final void run(R request, Sockaddr clientAddress, BaseServer<R> ofServer) throws Exception {
        received = new ReceivedRequest<>(request, clientAddress);
        server = ofServer;
        setup();
        try {
            handle();
        } finally {
            finish();
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
        return new IllegalStateException(getClass().getName() + " has no request in its constructor: use setup()");
    }

    /**
     * Called before {@link #handle}. Here it does nothing.
     *
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    protected void setup() throws Exception {}

    /**
     * Does all that the request asks for.
     *
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    protected abstract void handle() throws Exception;

    /**
     * Called after {@link #handle}. Here it does nothing.
     *
     * @throws Exception goes to {@link BaseServer#handleError}
     */
    protected void finish() throws Exception {}
}
