package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;

/**
 * A server of connections over Unix sockets, one at a time. Its address is a path, an abstract name, or {@link
 * dev.hawser.socket.SockaddrUn#UNNAMED}, for which the kernel chooses an abstract name.
 *
 * <p>A path that a server has left which has ended without closing, as one that was killed, is taken over. A path of a live
 * server never is, nor is one that is no socket: the {@link java.net.BindException} tells what is there. {@link #serverClose}
 * removes the path, if it still leads to this server: also where the socket is used by another process.
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
 * Most clients have no address: they are {@link dev.hawser.socket.SockaddrUn#UNNAMED} then. Of several servers that start at a time and
 * find an old path, one has it, and the others fail. That is so among servers of Hawser in one network namespace; a program that removes
 * an old socket without asking may, within microseconds, have its new one removed by a server that is just taking the path over.
 * The file's mode is 0777 less the umask of the process. To let fewer connect, narrow it in an override of {@link #serverBind}, after {@code
 * super.serverBind()}: before {@link #serverActivate} nobody is let in.
 * A path that Java has no text for, in the locale of the process, is bound, but neither taken over nor removed.
 *
 * <p>Source: Python's {@code socketserver.UnixStreamServer}; unix(7).
 *
 * {@snippet file="dev/hawser/socketserver/ServerSnippetsTest.java" region="unix"}
 */
public class UnixStreamServer implements StreamServer {

    private final ServerState<Socket> state;

    /**
     * Binds, and is ready for requests from then on.
     *
     * @param address a path, or an abstract name
     * @param handler a class, of which an object is made for each request
     * @throws IllegalArgumentException if the address is one for another server
     * @throws IOException if it cannot be bound
     */
    public UnixStreamServer(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler) throws IOException {
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
    public UnixStreamServer(Sockaddr address, RequestHandler<Socket> handler) throws IOException {
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
