package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/**
 * A server of UDP datagrams, one at a time; each is a request of its own, an empty one, too.
 *
 * <h2>Threading</h2>
 * As {@link BaseServer} says. Handlers run in the thread that serves.
 *
 * <h2>Blocking and timeouts</h2>
 * As {@link BaseServer} says; datagrams that come while a handler runs wait in the kernel's buffer, and are lost when it is full.
 *
 * <h2>Errors</h2>
 * A datagram that is longer than {@link #maxPacketSize} goes to {@link #handleError} with a {@link DatagramTooLongException}. That
 * nobody has received an answer (ECONNREFUSED) is no error of the next request.
 *
 * <h2>Platform notes</h2>
 * An answer to a client of a server on {@code 0.0.0.0} leaves from the address that the route to the client has.
 *
 * <p>Source: Python's {@code socketserver.UDPServer}; udp(7).
 *
 * {@snippet file="dev/hawser/socketserver/ServerSnippetsTest.java" region="udp"}
 */
public class UdpServer implements DatagramServer {

    private final ServerState<DatagramRequest> state;

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address where; port 0 for any free one
     * @param handler a class, of which an object is made for each request
     * @throws IllegalArgumentException if the address is one for another server
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
     * @throws IllegalArgumentException if the address is one for another server
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
     * @throws IllegalArgumentException if the address is one for another server
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
