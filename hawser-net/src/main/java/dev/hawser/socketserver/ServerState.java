package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server has besides its methods: the socket, the handler, the loop, the requests in progress. {@link BaseServer} and the
 * mix-ins are interfaces, which have no fields; this is where theirs are. A server makes one in its constructor; there is nothing in
 * it for anybody else.
 *
 * @param <R> what a request is
 */
public final class ServerState<R> {

    private final Socket socket;
    private final RequestHandler<R> requestHandler;
    private final ServeLoop loop;
    private final Set<R> inProgress = ConcurrentHashMap.newKeySet();
    private volatile Sockaddr address;
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

    /** Closes the socket where that fails. */
    void bindAndActivate(BaseServer<R> server) throws IOException {
        try {
            server.serverBind();
            server.serverActivate();
        } catch (Throwable e) {
            try {
                server.serverClose();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    void bind(BaseServer<R> server) throws IOException {
        WorkerPool.checkHandler(server);
        ServerOptions.set(server);
        socket.bind(address);
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
        loop.serveForever(server, pollInterval);
    }

    void handleRequest(BaseServer<R> server) throws IOException {
        loop.handleRequest(server);
    }

    void shutdown() {
        loop.shutdown();
    }

    void close() throws IOException {
        loop.close();
        socket.close();
    }

    void closeClients(BaseServer<R> server) {
        inProgress.forEach(server::closeRequest);
    }
}
