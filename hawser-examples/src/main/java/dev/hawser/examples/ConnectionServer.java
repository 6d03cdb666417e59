package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socketserver.StreamServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The examples that take connections: they tell who connects, and count. That is done before a connection is
 * given to its handler, so that it is this process which does it, also where the handlers are in others.
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

    /** All are welcome, and told of. */
    @Override
    default boolean verifyRequest(Socket client, Sockaddr address) throws IOException {
        clients().incrementAndGet();
        log().println("...connected from: " + nameOf(client, address));
        return true;
    }

    @Override
    default String served() {
        return Server.count(clients().get(), "client");
    }
}
