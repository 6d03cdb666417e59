package dev.hawser.socketserver;

import dev.hawser.select.Selector;
import dev.hawser.select.Selectors;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The loop of a server: waits for requests, sends each on its way, and ends when it is told to. */
final class ServeLoop {

    private final Socket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Selector selector;
    private @Nullable Thread serving;
    private boolean endRequested;

    ServeLoop(Socket socket) {
        this.socket = socket;
    }

    <R> void serveForever(BaseServer<R> server, @Nullable Duration pollInterval) throws IOException {
        Selector ready = begin();
        try {
            while (!ends()) {
                server.serviceActions();
                server.awaitRoom();
                if (ends()) {
                    return;
                }
                boolean some = ready.select(pollInterval, (key, events) -> {}) > 0;
                if (some && !ends()) {
                    take(server);
                }
            }
        } finally {
            end();
        }
    }

    <R> void handleRequest(BaseServer<R> server) throws IOException {
        Selector ready = begin();
        try {
            server.awaitRoom();
            if (ready.select(server.timeout(), (key, events) -> {}) > 0) {
                take(server);
            } else {
                server.handleTimeout();
            }
        } finally {
            end();
        }
    }

    private <R> void take(BaseServer<R> server) throws IOException {
        ReceivedRequest<R> received = server.getRequest();
        if (received == null) {
            return;
        }
        R request = received.request();
        Sockaddr client = received.clientAddress();
        try {
            if (server.verifyRequest(request, client)) {
                server.processRequest(request, client);
            } else {
                server.shutdownRequest(request);
            }
        } catch (Throwable e) {
            try {
                server.handleError(request, client, e);
            } finally {
                server.shutdownRequest(request);
            }
        }
    }

    private Selector begin() throws IOException {
        lock.lock();
        try {
            serving = Thread.currentThread();
            if (selector == null) {
                selector = Selectors.open();
                selector.register(socket, Selector.EVENT_READ);
            }
            return selector;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            serving = null;
            endRequested = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean ends() {
        lock.lock();
        try {
            return endRequested || socket.isClosed();
        } finally {
            lock.unlock();
        }
    }

    /** Waits in the loop's thread until there is room, or the loop is to end. */
    void awaitRoom(BooleanSupplier hasRoom) {
        lock.lock();
        try {
            while (!hasRoom.getAsBoolean() && !endRequested && !socket.isClosed()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has {@link #awaitRoom} look again. */
    void roomChanged() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void shutdown() {
        lock.lock();
        try {
            endRequested = true;
            changed.signalAll();
            if (selector != null) {
                selector.wakeUp();
            }
            while (serving != null && serving != Thread.currentThread()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() throws IOException {
        lock.lock();
        try {
            if (selector != null) {
                selector.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
