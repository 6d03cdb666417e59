package dev.hawser.socketserver;

import java.io.IOException;

/** Starts worker JVMs. */
final class WorkerProcesses<R> implements WorkerStarter<R> {

    private final ForkingMixIn<R> server;

    private WorkerProcesses(ForkingMixIn<R> server) {
        this.server = server;
    }

    static <R> WorkerProcesses<R> of(ForkingMixIn<R> server) {
        return new WorkerProcesses<>(server);
    }

    @Override
    public Worker<R> start(WorkerEvents<R> events) throws IOException {
        throw new IOException("to come: " + server);
    }

    @Override
    public void close() throws IOException {}
}
