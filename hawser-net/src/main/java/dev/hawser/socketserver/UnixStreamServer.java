package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;

/**
 * A server of connections over Unix sockets, one at a time.
 */
public class UnixStreamServer implements StreamServer {

    private final ServerState<Socket> state;

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address where; port 0 for any free one
     * @param handler a class, of which an object is made for each request
     * @throws IOException if it cannot be bound
     */
    public UnixStreamServer(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler) throws IOException {
        this(address, RequestHandler.of(handler));
    }

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address where; port 0 for any free one
     * @param handler handles all requests
     * @throws IOException if it cannot be bound
     */
    public UnixStreamServer(Sockaddr address, RequestHandler<Socket> handler) throws IOException {
        this(address, handler, true);
    }

    /**
     * Binds and activates, or leaves it to the caller.
     *
     * @param address where; port 0 for any free one
     * @param handler handles all requests
     * @param bindAndActivate whether to call {@link #serverBind} and {@link #serverActivate}
     * @throws IOException if it cannot be bound
     */
    @SuppressWarnings(
            "this-escape") // as in Python: what a subclass overrides is asked while it is made, see BaseServer
    public UnixStreamServer(Sockaddr address, RequestHandler<Socket> handler, boolean bindAndActivate)
            throws IOException {
        state = ServerState.open(
                ServerState.requireUnix(address, "UnixStreamServer", "TcpServer"), Constants.SOCK_STREAM, handler);
        if (bindAndActivate) {
            state.bindAndActivate(this);
        }
    }

    @Override
    public ServerState<Socket> state() {
        return state;
    }
}
