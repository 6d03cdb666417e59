package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.SOCK_STREAM;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server whose requests are strings that the test makes up. */
final class PoolServer implements ForkingMixIn<String> {

    record Reported(String request, Sockaddr clientAddress, Throwable error) {}

    static final class Handler extends BaseRequestHandler<String> {
        @Override
        protected void handle() {
            throw new AssertionError("no request comes here");
        }
    }

    private static final Sockaddr ADDRESS = SockaddrIn.of("127.0.0.1", 0);

    final List<Reported> reported = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<String> shutDown = new CopyOnWriteArrayList<>();
    volatile boolean blockOnClose = true;
    volatile Consumer<Throwable> onError = error -> {};
    private final ServerState<String> state;

    PoolServer(RequestHandler<String> handler) throws IOException {
        state = new ServerState<>(new Socket(AF_INET, SOCK_STREAM), ADDRESS, handler);
    }

    PoolServer() throws IOException {
        this(RequestHandler.of(Handler.class));
    }

    @Override
    public ServerState<String> state() {
        return state;
    }

    @Override
    public void serverActivate() {}

    @Override
    public @Nullable ReceivedRequest<String> getRequest() {
        return null;
    }

    @Override
    public boolean blockOnClose() {
        return blockOnClose;
    }

    @Override
    public void closeRequest(String request) {
        closed.add(request);
    }

    @Override
    public void shutdownRequest(String request) {
        shutDown.add(request);
        closeRequest(request);
    }

    @Override
    public void handleError(String request, Sockaddr clientAddress, Throwable error) {
        reported.add(new Reported(request, clientAddress, error));
        onError.accept(error);
    }
}
