package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/**
 * A server of UDP datagrams, one at a time.
 */
public class UdpServer implements DatagramServer {

    private final ServerState<DatagramRequest> state;

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address where; port 0 for any free one
     * @param handler a class, of which an object is made for each request
     * @throws IOException if it cannot be bound
     */
    public UdpServer(Sockaddr address, Class<? extends BaseRequestHandler<DatagramRequest>> handler)
            throws IOException {
        this(address, RequestHandler.of(handler));
    }

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address where; port 0 for any free one
     * @param handler handles all requests
     * @throws IOException if it cannot be bound
     */
    public UdpServer(Sockaddr address, RequestHandler<DatagramRequest> handler) throws IOException {
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
    public UdpServer(Sockaddr address, RequestHandler<DatagramRequest> handler, boolean bindAndActivate)
            throws IOException {
        state = ServerState.open(
                ServerState.requireNoUnix(address, "UdpServer", "UnixDatagramServer"), Constants.SOCK_DGRAM, handler);
        if (bindAndActivate) {
            state.bindAndActivate(this);
        }
    }

    @Override
    public ServerState<DatagramRequest> state() {
        return state;
    }
}
