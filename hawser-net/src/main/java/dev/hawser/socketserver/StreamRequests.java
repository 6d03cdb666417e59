package dev.hawser.socketserver;

import dev.hawser.socket.Accepted;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes connections, and ends them. */
final class StreamRequests {

    private StreamRequests() {}

    static @Nullable ReceivedRequest<Socket> accept(StreamServer server) throws IOException {
        Accepted accepted = server.socket().acceptNow();
        if (accepted == null) {
            return null;
        }
        try {
            Duration idle = server.idleTimeout();
            if (idle != null) {
                accepted.socket().setTimeout(idle);
            }
        } catch (RuntimeException | Error e) {
            ServerLog.close(accepted.socket());
            throw e;
        }
        Sockaddr client = accepted.address();
        return new ReceivedRequest<>(accepted.socket(), client == null ? SockaddrUn.UNNAMED : client);
    }

    /** Closing is not enough: a stream that was made from the connection lives on, and whoever reads it. */
    static void abort(Socket connection) {
        int fd = -1;
        try {
            fd = connection.detach();
            if (fd >= 0) {
                Sockets.adopt(fd).close();
            }
        } catch (IOException e) {
            ServerLog.notAborted(connection, e);
        }
    }
}
