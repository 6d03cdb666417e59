package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** The threads of a server with a {@link ThreadingMixIn}. */
final class RequestThreads<R> {

    static final ThreadFactory VIRTUAL =
            Thread.ofVirtual().name("hawser-request-", 0).factory();

    private final ThreadingMixIn<R> server;
    private final Set<Thread> live = ConcurrentHashMap.newKeySet();

    private RequestThreads(ThreadingMixIn<R> server) {
        this.server = server;
    }

    @SuppressWarnings("unchecked") // made by this very method
    static <R> RequestThreads<R> of(ThreadingMixIn<R> server) {
        return server.state().mixIn(RequestThreads.class, () -> new RequestThreads<>(server));
    }

    void awaitRoom() throws IOException {
        server.state().loop().awaitRoom(() -> live.size() < server.maxRequests());
    }

    void start(R request, Sockaddr clientAddress) {
        Thread thread = server.threadFactory().newThread(() -> run(request, clientAddress));
        live.add(thread);
        server.state().inProgress().add(request);
        thread.start();
    }

    private void run(R request, Sockaddr clientAddress) {
        try {
            server.processRequestThread(request, clientAddress);
        } finally {
            server.state().inProgress().remove(request);
            live.remove(Thread.currentThread());
            server.state().loop().roomChanged();
        }
    }

    void join() {
        if (!server.blockOnClose() || server.daemonThreads()) {
            return;
        }
        for (Thread thread : live) {
            try {
                if (thread != Thread.currentThread()) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
