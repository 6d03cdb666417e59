package dev.hawser.bench;

import java.io.IOException;

/**
 * An echo server in Java: sends back what each connection sends, until the process ends.
 *
 * <p>So that servers differ in nothing but how they wait and move bytes, each one listens on 127.0.0.1 with
 * {@link #BACKLOG}, sets TCP_NODELAY on every connection and reads at most {@link #BUFFER_BYTES} at a time.
 */
interface EchoServer {
    int BUFFER_BYTES = 8192;
    int BACKLOG = 4096;

    /** Serves on {@code port} (0: any free one) and tells {@code ready} which one that is, once it listens. */
    void serve(int port, Ready ready) throws IOException;

    /** Is told the port as soon as a client can connect. */
    @FunctionalInterface
    interface Ready {
        void listeningOn(int port);
    }
}
