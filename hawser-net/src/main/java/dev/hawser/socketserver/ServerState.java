package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.unix.UnixPath;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server has besides its methods: the socket, the handler, the loop, the requests in progress. {@link BaseServer} and the
 * mix-ins are interfaces, which have no fields; this is where theirs are. A server makes one in its constructor; there is nothing in
 * it for anybody else.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * @param <R> what a request is
 */
public final class ServerState<R> {

    private final Socket socket;
    private final RequestHandler<R> requestHandler;
    private final ServeLoop loop;
    private final InProgress<R> inProgress = new InProgress<>();
    private volatile Sockaddr address;
    private volatile @Nullable UnixPath path;
    private @Nullable Object mixIn;

    /**
     * For a server with a socket of its own.
     *
     * @param socket the socket that requests come from; {@link BaseServer#serverClose} closes it
     * @param address what {@link BaseServer#serverBind} binds it to
     * @param requestHandler what handles a request
     */
    public ServerState(Socket socket, Sockaddr address, RequestHandler<R> requestHandler) {
        this.socket = socket;
        this.address = address;
        this.requestHandler = requestHandler;
        this.loop = new ServeLoop(socket);
    }

    static <R> ServerState<R> open(Sockaddr address, int type, RequestHandler<R> requestHandler) throws IOException {
        return new ServerState<>(new Socket(address.family(), type), address, requestHandler);
    }

    /** For the servers of all families but one. */
    static Sockaddr requireNoUnix(Sockaddr address, String server, String instead) {
        if (address.family() == Constants.AF_UNIX) {
            throw new IllegalArgumentException(
                    "a " + server + " has no Unix address, use a " + instead + ": " + address);
        }
        return address;
    }

    /** For the servers of that one family. */
    static Sockaddr requireUnix(Sockaddr address, String server, String instead) {
        if (address.family() != Constants.AF_UNIX) {
            throw new IllegalArgumentException(
                    "a " + server + " has a Unix address, use SockaddrUn.of(path) or a " + instead + ": " + address);
        }
        return address;
    }

    /** Closes the socket where that fails. */
    void bindAndActivate(BaseServer<R> server) throws IOException {
        try {
            server.serverBind();
            server.serverActivate();
        } catch (Throwable e) {
            closeAfter(e, server);
            throw e;
        }
    }

    private void closeAfter(Throwable failure, BaseServer<R> server) {
        try {
            server.serverClose();
            // An override that does not call this one must not leave the socket open: nobody has the server.
            close();
        } catch (IOException | RuntimeException closing) {
            failure.addSuppressed(closing);
        }
    }

    void bind(BaseServer<R> server) throws IOException {
        WorkerPool.checkHandler(server);
        ServerOptions.set(server);
        if (address instanceof SockaddrUn unix) {
            path = UnixPath.bind(socket, unix);
        } else {
            socket.bind(address);
        }
        address = socket.getSockName();
    }

    Sockaddr address() {
        return address;
    }

    Socket socket() {
        return socket;
    }

    RequestHandler<R> requestHandler() {
        return requestHandler;
    }

    ServeLoop loop() {
        return loop;
    }

    /** For the loop, and for whoever goes on with a request when the loop is done with it. */
    InProgress<R> inProgress() {
        return inProgress;
    }

    /** The one object in which a mix-in keeps what it has; made at the first call. */
    synchronized <T> T mixIn(Class<T> type, Supplier<T> maker) {
        if (mixIn == null) {
            mixIn = maker.get();
        }
        return type.cast(mixIn);
    }

    /** The same, or null where none was made. */
    synchronized <T> @Nullable T mixInOrNull(Class<T> type) {
        return type.cast(mixIn);
    }

    void serveForever(BaseServer<R> server, @Nullable Duration pollInterval) throws IOException {
        if (pollInterval != null && !pollInterval.isPositive()) {
            throw new IllegalArgumentException("the poll interval is more than zero, not " + pollInterval
                    + "; serveForever() without one never polls");
        }
        loop.serveForever(server, pollInterval);
    }

    void handleRequest(BaseServer<R> server) throws IOException {
        loop.handleRequest(server);
    }

    void shutdown() {
        loop.shutdown();
    }

    void close() throws IOException {
        try {
            removePath();
        } finally {
            try {
                socket.close();
            } finally {
                loop.socketClosed();
            }
        }
    }

    /** Before the socket is closed: until then no other file has its inode, and no other server takes it over. */
    private synchronized void removePath() throws IOException {
        UnixPath bound = path;
        path = null;
        if (bound != null && !socket.isClosed()) {
            bound.remove();
        }
    }

    void closeClients(BaseServer<R> server) {
        for (R request : inProgress.abortAll()) {
            try {
                server.abortRequest(request);
            } catch (RuntimeException e) {
                // The others are to be closed all the same.
                ServerLog.notAborted(request, e);
            }
        }
    }

    /** Reports what a request has thrown, unless that is what {@link BaseServer#closeClients} does to every handler. */
    void failed(BaseServer<R> server, R request, Sockaddr clientAddress, Throwable error) {
        if (!(isOfClosedSocket(error) && inProgress.isAborted(request))) {
            server.handleError(request, clientAddress, error);
        }
    }

    private static boolean isOfClosedSocket(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof SocketClosedException) {
                return true;
            }
        }
        return false;
    }
}
