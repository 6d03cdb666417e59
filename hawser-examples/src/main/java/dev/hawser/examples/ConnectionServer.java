package dev.hawser.examples;

import dev.hawser.socket.Socket;
import dev.hawser.socketserver.ReceivedRequest;
import dev.hawser.socketserver.StreamServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The examples that take connections: they tell who connects, and count. That is done where connections are accepted, so that
 * it is this process which does it, also where the handlers are in others.
 */
interface ConnectionServer extends ExampleServer<Socket>, StreamServer {

    /** How many clients there were. */
    AtomicLong clients();

    @Override
    default int requestQueueSize() {
        return 128;
    }

    @Override
    default boolean allowReuseAddress() {
        return true;
    }

    @Override
    default @Nullable ReceivedRequest<Socket> getRequest() throws IOException {
        ReceivedRequest<Socket> client = StreamServer.super.getRequest();
        if (client != null) {
            clients().incrementAndGet();
            log().println("...connected from: " + client.clientAddress());
        }
        return client;
    }

    @Override
    default String served() {
        return Server.count(clients().get(), "client");
    }
}
