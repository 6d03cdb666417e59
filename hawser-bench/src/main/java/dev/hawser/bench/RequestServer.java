package dev.hawser.bench;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socketserver.StreamRequestHandler;
import dev.hawser.socketserver.TcpServer;
import java.io.IOException;

/**
 * A server of short requests in Java: reads a line and sends it back.
 *
 * <p>All are what a socket server's user would write, with two settings changed: {@link PortServer#BACKLOG}, and
 * SO_REUSEADDR.
 */
abstract class RequestServer implements PortServer {
    static final int LONGEST_LINE = 1024;

    @Override
    public final void serve(int port, Ready ready) throws IOException {
        try (TcpServer server = open(SockaddrIn.of("127.0.0.1", port))) {
            ready.listeningOn(((SockaddrIn) server.serverAddress()).port());
            server.serveForever();
        }
    }

    abstract TcpServer open(SockaddrIn address) throws IOException;

    /** Answers a line with itself. */
    static final class LineHandler extends StreamRequestHandler {
        @Override
        protected void handle() throws IOException {
            wfile().write(rfile().readLine(LONGEST_LINE));
        }
    }
}
