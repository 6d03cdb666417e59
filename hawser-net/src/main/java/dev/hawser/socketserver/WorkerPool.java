package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/** The workers of a server with a {@link ForkingMixIn}: which of them gets a request, and when one is started, replaced or killed. */
final class WorkerPool<R> {

    private final ForkingMixIn<R> server;
    private final WorkerStarter<R> starter;

    WorkerPool(ForkingMixIn<R> server, WorkerStarter<R> starter) {
        this.server = server;
        this.starter = starter;
    }

    @SuppressWarnings("unchecked") // made by this very method
    static <R> WorkerPool<R> of(ForkingMixIn<R> server) {
        return server.state().mixIn(WorkerPool.class, () -> new WorkerPool<>(server, WorkerProcesses.of(server)));
    }

    void keepSpare() throws IOException {
        if (server.minSpareWorkers() > 0) {
            throw new IOException("to come: " + starter);
        }
    }

    void awaitRoom() {}

    void give(R request, Sockaddr clientAddress) throws IOException {
        if (server.maxChildren() > 0) {
            throw new IOException("to come: " + request + clientAddress);
        }
    }

    void killBusy() {}

    void close() throws IOException {}
}
