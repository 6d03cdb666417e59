package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.SOL_SOCKET;
import static dev.hawser.socket.Constants.SO_REUSEADDR;
import static dev.hawser.socket.Constants.SO_REUSEPORT;

import java.io.IOException;

/** The socket options that a server asks for before it binds. */
final class ServerOptions {

    private ServerOptions() {}

    static void set(BaseServer<?> server) throws IOException {
        if (server.allowReuseAddress()) {
            server.socket().setSockOpt(SOL_SOCKET, SO_REUSEADDR, 1);
        }
        if (server.allowReusePort()) {
            server.socket().setSockOpt(SOL_SOCKET, SO_REUSEPORT, 1);
        }
    }
}
