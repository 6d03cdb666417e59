package dev.hawser.socketserver;

import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a handler in a worker process has as its server: the worker itself, which gets its requests from the true server. */
interface WorkerServer<R> extends BaseServer<R> {

    WorkerLife<R> life();

    /** The request of a message, whose descriptor it takes. */
    R request(WorkerMessage.Request message, PassedDescriptors passed) throws IOException;

    @Override
    default ServerState<R> state() {
        throw notHere("the state of the server");
    }

    @Override
    default void serveForever() {
        throw notHere("the loop of the server");
    }

    @Override
    default void serveForever(Duration pollInterval) {
        throw notHere("the loop of the server");
    }

    @Override
    default void handleRequest() {
        throw notHere("the loop of the server");
    }

    @Override
    default void shutdown() {
        life().leave();
    }

    @Override
    default void serverClose() {
        life().leave();
    }

    @Override
    default void closeClients() {
        R request = life().current();
        if (request != null) {
            abortRequest(request);
        }
    }

    @Override
    default Sockaddr serverAddress() {
        return life().serverAddress();
    }

    @Override
    default Socket socket() {
        throw notHere("the socket that connections come from");
    }

    @Override
    default RequestHandler<R> requestHandler() {
        return life().handler();
    }

    @Override
    default int addressFamily() {
        return serverAddress().family();
    }

    @Override
    default void serverBind() {
        throw notHere("the socket to bind");
    }

    @Override
    default void serverActivate() {
        throw notHere("the socket to listen on");
    }

    @Override
    default @Nullable ReceivedRequest<R> getRequest() {
        throw notHere("the loop of the server");
    }

    private static UnsupportedOperationException notHere(String what) {
        return new UnsupportedOperationException(
                "a worker process has not " + what + ", which is in its server's process");
    }
}
