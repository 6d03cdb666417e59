package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;

/** A {@link UnixStreamServer} with a {@link ForkingMixIn}: each request in a worker process. */
public class ForkingUnixStreamServer extends UnixStreamServer implements ForkingMixIn<Socket> {

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler a class, of which an object is made for each request
     * @throws IOException if it cannot be bound
     */
    public ForkingUnixStreamServer(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler)
            throws IOException {
        super(address, handler);
    }

    /**
     * Binds and activates, or leaves it to the caller.
     *
     * @param address a path, or an abstract name
     * @param handler a class, of which an object is made for each request
     * @param bindAndActivate whether to call {@link #serverBind} and {@link #serverActivate}
     * @throws IOException if it cannot be bound
     */
    public ForkingUnixStreamServer(
            Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler, boolean bindAndActivate)
            throws IOException {
        super(address, RequestHandler.of(handler), bindAndActivate);
    }
}
