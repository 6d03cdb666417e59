package dev.hawser.bench;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socketserver.ForkingTcpServer;
import dev.hawser.socketserver.TcpServer;
import java.io.IOException;

/** A worker process for each request, from a pool. */
final class ForkingRequestServer extends RequestServer {
    static final String NAME = "hawser-forking";

    @Override
    TcpServer open(SockaddrIn address) throws IOException {
        return new ForkingTcpServer(address, LineHandler.class) {
            @Override
            public int requestQueueSize() {
                return BACKLOG;
            }

            @Override
            public boolean allowReuseAddress() {
                return true;
            }
        };
    }
}
