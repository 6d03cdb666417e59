package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/** What a worker knows of its server, and what it is at. */
final class WorkerLife<R> {

    private final Sockaddr serverAddress;
    private final RequestHandler<R> handler;
    private volatile @Nullable R current;
    private volatile boolean leaving;

    WorkerLife(Sockaddr serverAddress, RequestHandler<R> handler) {
        this.serverAddress = serverAddress;
        this.handler = handler;
    }

    Sockaddr serverAddress() {
        return serverAddress;
    }

    RequestHandler<R> handler() {
        return handler;
    }

    void begin(R request) {
        current = request;
    }

    void end() {
        current = null;
    }

    @Nullable
    R current() {
        return current;
    }

    /** Has the worker end after this request. */
    void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }
}
