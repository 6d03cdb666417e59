package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;

/**
 * A server of TCP connections, one at a time: while a handler runs, other clients wait. {@link ThreadingTcpServer} and {@link
 * ForkingTcpServer} serve many. The address decides about IPv4 and IPv6, and any family of connections will do that the
 * kernel has, but for Unix addresses, which have their {@link UnixStreamServer}.
 *
 * <h2>Threading</h2>
 * As {@link BaseServer} says. Handlers run in the thread that serves.
 *
 * <h2>Blocking and timeouts</h2>
 * A handler waits for its client as long as {@link #idleTimeout} says, by default without end, and everybody else waits for the handler.
 *
 * <h2>Errors</h2>
 * As {@link BaseServer} says. A constructor that fails leaves nothing open.
 *
 * <h2>Platform notes</h2>
 * {@code ::} takes IPv4 clients as well, where net.ipv6.bindv6only is 0.
 *
 * <p>Source: Python's {@code socketserver.TCPServer}; tcp(7).
 *
 * {@snippet file="dev/hawser/socketserver/ServerSnippetsTest.java" region="tcp"}
 */
public class TcpServer implements StreamServer {

    private final ServerState<Socket> state;

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address where; port 0 for any free one
     * @param handler a class, of which an object is made for each request
     * @throws IllegalArgumentException if the address is one for another server
     * @throws IOException if it cannot be bound
     */
    public TcpServer(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler) throws IOException {
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
    public TcpServer(Sockaddr address, RequestHandler<Socket> handler) throws IOException {
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
    public TcpServer(Sockaddr address, RequestHandler<Socket> handler, boolean bindAndActivate) throws IOException {
        state = ServerState.open(
                ServerState.requireNoUnix(address, "TcpServer", "UnixStreamServer"), Constants.SOCK_STREAM, handler);
        if (bindAndActivate) {
            state.bindAndActivate(this);
        }
    }

    @Override
    public ServerState<Socket> state() {
        return state;
    }
}
