package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/** A {@link UnixDatagramServer} with a {@link ThreadingMixIn}: each request in a thread of its own. */
public class ThreadingUnixDatagramServer extends UnixDatagramServer implements ThreadingMixIn<DatagramRequest> {

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler a class, of which an object is made for each request
     * @throws IOException if it cannot be bound
     */
    public ThreadingUnixDatagramServer(Sockaddr address, Class<? extends BaseRequestHandler<DatagramRequest>> handler)
            throws IOException {
        super(address, handler);
    }

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler handles all requests, several at a time
     * @throws IOException if it cannot be bound
     */
    public ThreadingUnixDatagramServer(Sockaddr address, RequestHandler<DatagramRequest> handler) throws IOException {
        super(address, handler);
    }

    /**
     * Binds and activates, or leaves it to the caller.
     *
     * @param address a path, or an abstract name
     * @param handler handles all requests, several at a time
     * @param bindAndActivate whether to call {@link #serverBind} and {@link #serverActivate}
     * @throws IOException if it cannot be bound
     */
    public ThreadingUnixDatagramServer(
            Sockaddr address, RequestHandler<DatagramRequest> handler, boolean bindAndActivate) throws IOException {
        super(address, handler, bindAndActivate);
    }
}
