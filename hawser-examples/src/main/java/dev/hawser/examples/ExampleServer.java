package dev.hawser.examples;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.BaseServer;
import dev.hawser.socketserver.WorkerDiedException;
import dev.hawser.socketserver.WorkerException;
import java.io.IOException;
import java.io.PrintStream;

/**
 * What the examples on the package {@code socketserver} share: a mix-in of their own, which makes a {@link Server} of any server
 * class, and tells in one line what fails.
 */
interface ExampleServer<R> extends BaseServer<R>, Server {

    /** Where it tells what it does. */
    PrintStream log();

    @Override
    default Sockaddr address() {
        return serverAddress();
    }

    @Override
    default void serve() throws IOException {
        try {
            serveForever();
        } finally {
            close(); // whatever ended the loop, the clients must not wait for a server that is gone
        }
    }

    /** Ends {@link #serve}: the clients are disconnected, and their handlers have ended when this returns. */
    @Override
    default void close() throws IOException {
        shutdown();
        closeClients();
        serverClose();
    }

    /** Who a client is, for the log. */
    default String nameOf(R request, Sockaddr address) {
        return address.toString();
    }

    /** That a client has gone, or a worker, is no defect, and needs no stack trace. */
    @Override
    default void handleError(R request, Sockaddr clientAddress, Throwable error) {
        if (error instanceof IOException || error instanceof WorkerException || error instanceof WorkerDiedException) {
            log().println("...lost: " + nameOf(request, clientAddress) + ": " + error.getMessage());
        } else {
            BaseServer.super.handleError(request, clientAddress, error);
        }
    }
}
