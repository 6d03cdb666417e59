package dev.hawser.bench;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socketserver.TcpServer;
import dev.hawser.socketserver.ThreadingTcpServer;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;

/** A thread for each request. */
final class ThreadingRequestServer extends RequestServer {
    static final String VIRTUAL = "hawser-threading";
    static final String PLATFORM = "hawser-threading-platform";

    private final ThreadFactory threads;

    ThreadingRequestServer(Thread.Builder threads) {
        this.threads = threads.factory();
    }

    @Override
    TcpServer open(SockaddrIn address) throws IOException {
        return new ThreadingTcpServer(address, LineHandler.class) {
            @Override
            public int requestQueueSize() {
                return BACKLOG;
            }

            @Override
            public boolean allowReuseAddress() {
                return true;
            }

            @Override
            public ThreadFactory threadFactory() {
                return threads;
            }
        };
    }
}
