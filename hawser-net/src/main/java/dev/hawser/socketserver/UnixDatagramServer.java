package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/**
 * A server of datagrams over Unix sockets, one at a time. What {@link UnixStreamServer} says of paths holds here, too.
 *
 * <h2>Threading</h2>
 * As {@link BaseServer} says. Handlers run in the thread that serves.
 *
 * <h2>Blocking and timeouts</h2>
 * As {@link BaseServer} says; who sends while the queue is full waits, as unix(7) sockets lose nothing. So does an answer to a client that
 * does not receive: a timeout of {@link #socket} keeps it from holding up the server.
 *
 * <h2>Errors</h2>
 * A datagram that is longer than {@link #maxPacketSize} goes to {@link #handleError} with a {@link DatagramTooLongException}.
 *
 * <h2>Platform notes</h2>
 * A client that has no name cannot be answered: it is {@link dev.hawser.socket.SockaddrUn#UNNAMED}.
 *
 * <p>Source: Python's {@code socketserver.UnixDatagramServer}; unix(7).
 *
 * {@snippet file="dev/hawser/socketserver/ServerSnippetsTest.java" region="unixDatagram"}
 */
public class UnixDatagramServer implements DatagramServer {

    private final ServerState<DatagramRequest> state;

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler a class, of which an object is made for each request
     * @throws IllegalArgumentException if the address is one for another server
     * @throws IOException if it cannot be bound
     */
    public UnixDatagramServer(Sockaddr address, Class<? extends BaseRequestHandler<DatagramRequest>> handler)
            throws IOException {
        this(address, RequestHandler.of(handler));
    }

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler handles all requests
     * @throws IllegalArgumentException if the address is one for another server
     * @throws IOException if it cannot be bound
     */
    public UnixDatagramServer(Sockaddr address, RequestHandler<DatagramRequest> handler) throws IOException {
        this(address, handler, true);
    }

    /**
     * Binds and activates, or leaves it to the caller.
     *
     * @param address a path, or an abstract name
     * @param handler handles all requests
     * @param bindAndActivate whether to call {@link #serverBind} and {@link #serverActivate}
     * @throws IllegalArgumentException if the address is one for another server
     * @throws IOException if it cannot be bound
     */
    @SuppressWarnings(
            "this-escape") // as in Python: what a subclass overrides is asked while it is made, see BaseServer
    public UnixDatagramServer(Sockaddr address, RequestHandler<DatagramRequest> handler, boolean bindAndActivate)
            throws IOException {
        state = ServerState.open(
                ServerState.requireUnix(address, "UnixDatagramServer", "UdpServer"), Constants.SOCK_DGRAM, handler);
        if (bindAndActivate) {
            state.bindAndActivate(this);
        }
    }

    @Override
    public ServerState<DatagramRequest> state() {
        return state;
    }
}
