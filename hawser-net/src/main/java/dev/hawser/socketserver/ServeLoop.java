package dev.hawser.socketserver;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.socket.Constants;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketInterruptedException;
import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.UnreachablePortException;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a server: waits for requests, sends each on its way, and ends when it is told to.
 *
 * <h2>Threading</h2>
 * One thread serves. The lock guards who that is, and what it is told; it is never held while the loop waits or calls the server.
 */
final class ServeLoop {

    private final Socket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Failures failures = new Failures(this);
    private @Nullable Arrivals arrivals;
    private @Nullable Thread serving;
    private boolean endRequested;

    /** Of a {@link #handleRequest}, for its wait for room as well; for the thread that serves. */
    private long deadline = Deadline.NEVER;

    /** There was no room until then. */
    private boolean late;

    /** How many times it has served. */
    private long ended;

    ServeLoop(Socket socket) {
        this.socket = socket;
    }

    <R> void serveForever(BaseServer<R> server, @Nullable Duration pollInterval) throws IOException {
        Arrivals requests = begin();
        try {
            while (requests != null && !ends()) {
                server.serviceActions();
                server.awaitRoom();
                if (!ends() && await(requests, pollInterval)) {
                    take(server);
                }
            }
        } finally {
            end();
        }
    }

    <R> void handleRequest(BaseServer<R> server) throws IOException {
        Arrivals requests = begin();
        try {
            if (requests == null) {
                throw new SocketClosedException(details("handleRequest", "the server is closed"));
            }
            deadline = Deadline.after(Timeouts.nanos(shorter(server.timeout(), socket.getTimeout())));
            server.awaitRoom();
            if (!late && awaitRequest(requests)) {
                take(server);
            } else if (!ends()) {
                server.handleTimeout();
            }
        } finally {
            deadline = Deadline.NEVER;
            late = false;
            end();
        }
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    /** False when the time is up, or the loop ends. */
    private boolean awaitRequest(Arrivals requests) throws IOException {
        while (!ends()) {
            long left = Math.max(0, Deadline.remainingNanos(deadline));
            if (await(requests, deadline == Deadline.NEVER ? null : Duration.ofNanos(left))) {
                return true;
            }
            // It may also have been woken for an end that another loop has seen.
            if (Deadline.remainingNanos(deadline) <= 0) {
                return false;
            }
        }
        return false;
    }

    /** Whether there is a request, and it is to be taken. */
    private boolean await(Arrivals requests, @Nullable Duration timeout) throws IOException {
        boolean ready = requests.await(timeout);
        if (ends()) {
            return false;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted("select");
        }
        return ready;
    }

    private <R> void take(BaseServer<R> server) throws IOException {
        ReceivedRequest<R> received = next(server);
        if (received != null) {
            process(server, received.request(), received.clientAddress());
        }
    }

    /** Null where there is none, or none that could be had. */
    private <R> @Nullable ReceivedRequest<R> next(BaseServer<R> server) throws IOException {
        try {
            ReceivedRequest<R> received = server.getRequest();
            if (received != null) {
                failures.forget();
            }
            return received;
        } catch (DatagramTooLongException e) {
            e.reportTo(server);
        } catch (WouldBlockException | TimedOutException | UnreachablePortException e) {
            // Another process has it, or it has gone; or somebody whom this socket has answered was not there any more.
        } catch (SocketInterruptedException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            failures.handle(server, e);
        }
        return null;
    }

    private static <R> void process(BaseServer<R> server, R request, Sockaddr client) {
        InProgress<R> inProgress = server.state().inProgress();
        inProgress.add(request);
        try {
            if (server.verifyRequest(request, client)) {
                server.processRequest(request, client);
            } else {
                server.shutdownRequest(request);
            }
        } catch (Throwable e) {
            fail(server, request, client, e);
        } finally {
            inProgress.remove(request);
        }
    }

    private static <R> void fail(BaseServer<R> server, R request, Sockaddr client, Throwable error) {
        try {
            server.state().failed(server, request, client, error);
        } finally {
            shutdown(server, request, client);
        }
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    /** The request has been reported already, and perhaps because this very step fails. */
    static <R> void shutdown(BaseServer<R> server, R request, Sockaddr client) {
        try {
            server.shutdownRequest(request);
        } catch (RuntimeException | Error e) {
            ServerLog.notShutDown(client, e);
            close(server, request, client);
        }
    }

    private static <R> void close(BaseServer<R> server, R request, Sockaddr client) {
        try {
            server.closeRequest(request);
        } catch (RuntimeException | Error e) {
            ServerLog.notShutDown(client, e);
        }
    }

    /** What to wait with; null where the socket is closed. */
    private @Nullable Arrivals begin() throws IOException {
        lock.lock();
        try {
            Thread before = serving;
            if (before != null) {
                throw new IllegalStateException(
                        before == Thread.currentThread()
                                ? "a handler must not serve with the server that called it"
                                : "the server is served already, by the thread " + before.getName()
                                        + ": one thread at a time calls serveForever() or handleRequest()");
            }
            if (!socket.isClosed() && arrivals == null) {
                arrivals = Arrivals.open(socket);
                failures.prepare();
            }
            serving = Thread.currentThread();
            return socket.isClosed() ? null : arrivals;
        } finally {
            lock.unlock();
        }
    }

    private void end() throws IOException {
        lock.lock();
        try {
            serving = null;
            endRequested = false;
            ended++;
            changed.signalAll();
            closeWaitIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the loop was told to end, or has nothing to wait for any more. */
    boolean ends() {
        lock.lock();
        try {
            return endRequested || socket.isClosed();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread is the one that serves. */
    boolean isServing() {
        lock.lock();
        try {
            return serving == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection, and so a descriptor, comes with each request. */
    boolean accepts() {
        return socket.type() != Constants.SOCK_DGRAM;
    }

    /** Waits in the loop's thread until there is room, the loop is to end, or the time of a {@link #handleRequest} is up. */
    void awaitRoom(BooleanSupplier hasRoom) throws IOException {
        lock.lock();
        try {
            while (!hasRoom.getAsBoolean() && !ends()) {
                long left = Deadline.remainingNanos(deadline);
                if (left <= 0) {
                    late = true;
                    return;
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted("awaitRoom");
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

    /** Waits in the loop's thread until the time is up, or the loop is to end. */
    void rest(long nanos) throws IOException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !ends()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted("getRequest");
        } finally {
            lock.unlock();
        }
    }

    private SocketInterruptedException interrupted(String operation) {
        return new SocketInterruptedException(details(operation, "the thread was interrupted"));
    }

    private ErrorDetails details(String operation, String reason) {
        return new ErrorDetails(operation, "server", null, null, null, 0, reason);
    }

    void shutdown() {
        lock.lock();
        try {
            endRequested = true;
            wake();
            long before = ended;
            while (serving != null && serving != Thread.currentThread() && ended == before) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called after the socket was closed. */
    void socketClosed() throws IOException {
        lock.lock();
        try {
            wake();
            closeWaitIfUnused();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        changed.signalAll();
        if (arrivals != null) {
            arrivals.wakeUp();
        }
    }

    private void closeWaitIfUnused() throws IOException {
        if (serving == null && socket.isClosed() && arrivals != null) {
            arrivals.close();
            arrivals = null;
            failures.close();
        }
    }
}
