package dev.hawser.bench;

/**
 * An echo server in Java: sends back what each connection sends, until the process ends.
 *
 * <p>So that servers differ in nothing but how they wait and move bytes, each one listens on 127.0.0.1 with
 * {@link #BACKLOG}, sets TCP_NODELAY on every connection and reads at most {@link #BUFFER_BYTES} at a time.
 */
interface EchoServer extends PortServer {
    int BUFFER_BYTES = 8192;
}
