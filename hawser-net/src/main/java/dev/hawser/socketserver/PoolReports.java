package dev.hawser.socketserver;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls the user's methods about requests that have ended badly, each in a virtual thread of its own: they may take their time,
 * throw, or close the server, and the pool goes on.
 */
final class PoolReports<R> {

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("hawser-report-", 0).factory();

    private final ForkingMixIn<R> server;
    private final Runnable onEnd;
    private final Set<Thread> live = ConcurrentHashMap.newKeySet();

    PoolReports(ForkingMixIn<R> server, Runnable onEnd) {
        this.server = server;
        this.onEnd = onEnd;
    }

    /** Whether there are reports, and the caller is none of them. */
    boolean runElsewhere() {
        return !live.isEmpty() && !live.contains(Thread.currentThread());
    }

    /** A worker had it. */
    Runnable failed(PoolRequest<R> request, Throwable error) {
        return inThread(() -> handleError(request, error));
    }

    /** No worker had it, or will. */
    Runnable refused(PoolRequest<R> request, @Nullable Throwable reason) {
        IOException error = new IOException(
                "no worker process takes the request" + (reason == null ? "" : ": " + reason.getMessage()), reason);
        return inThread(() -> {
            try {
                handleError(request, error);
            } finally {
                shutdown(request);
            }
        });
    }

    /** It ends unserved, because that was asked for. */
    Runnable drop(PoolRequest<R> request) {
        return inThread(() -> shutdown(request));
    }

    /** In the caller's thread: this process's part of a request that a worker has. */
    void close(PoolRequest<R> request) {
        try {
            server.closeRequest(request.request());
        } catch (Throwable e) {
            ServerLog.failed(request.clientAddress(), e);
        }
    }

    private void shutdown(PoolRequest<R> request) {
        try {
            server.shutdownRequest(request.request());
        } catch (Throwable e) {
            ServerLog.failed(request.clientAddress(), e);
        }
    }

    private void handleError(PoolRequest<R> request, Throwable error) {
        try {
            server.handleError(request.request(), request.clientAddress(), error);
        } catch (Throwable e) {
            if (!e.equals(error)) {
                e.addSuppressed(error);
            }
            ServerLog.failed(request.clientAddress(), e);
        }
    }

    /** It counts from now on, and runs when what is returned is run. */
    private Runnable inThread(Runnable report) {
        Thread thread = THREADS.newThread(() -> {
            try {
                report.run();
            } finally {
                live.remove(Thread.currentThread());
                onEnd.run();
            }
        });
        live.add(thread);
        return thread::start;
    }
}
