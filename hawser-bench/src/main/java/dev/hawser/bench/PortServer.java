package dev.hawser.bench;

import java.io.IOException;

/** A server in Java: serves clients on 127.0.0.1 until the process ends. */
interface PortServer {
    /** The queue of connections that are not accepted yet: longer than any load here, so that no client has to try again. */
    int BACKLOG = 4096;

    /**
     * Serves on {@code port} (0: any free one) and tells {@code ready} which one that is, once it listens.
     *
     * @throws ServerProgram.UnavailableException where this machine lacks what the server needs
     */
    void serve(int port, Ready ready) throws IOException, ServerProgram.UnavailableException;

    /** Is told the port as soon as a client can connect. */
    @FunctionalInterface
    interface Ready {
        void listeningOn(int port);
    }
}
