package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;

/** A {@link UnixStreamServer} with a {@link ThreadingMixIn}: each request in a thread of its own. */
public class ThreadingUnixStreamServer extends UnixStreamServer implements ThreadingMixIn<Socket> {

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler a class, of which an object is made for each request
     * @throws IOException if it cannot be bound
     */
    public ThreadingUnixStreamServer(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler)
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
    public ThreadingUnixStreamServer(Sockaddr address, RequestHandler<Socket> handler) throws IOException {
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
    public ThreadingUnixStreamServer(Sockaddr address, RequestHandler<Socket> handler, boolean bindAndActivate)
            throws IOException {
        super(address, handler, bindAndActivate);
    }
}
