package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a server with a {@link ThreadingMixIn} that are in progress, each with its thread. The end of a request takes a lock only
 * where somebody waits for it.
 */
final class RequestThreads<R> {

    /** Its threads have no names: they get those of their clients. */
    static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

    private final ThreadingMixIn<R> server;
    private final Set<Request> live = ConcurrentHashMap.newKeySet();

    /** The loop waits for room. */
    private volatile boolean loopWaits;

    /** How many threads wait for the end of requests. */
    private final AtomicInteger waiters = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    private RequestThreads(ThreadingMixIn<R> server) {
        this.server = server;
    }

    @SuppressWarnings("unchecked") // made by this very method
    static <R> RequestThreads<R> of(ThreadingMixIn<R> server) {
        return server.state().mixIn(RequestThreads.class, () -> new RequestThreads<>(server));
    }

    /** The same, or null where there has been no request yet. */
    @SuppressWarnings("unchecked") // made by the method above
    static <R> @Nullable RequestThreads<R> existing(ThreadingMixIn<R> server) {
        return server.state().mixInOrNull(RequestThreads.class);
    }

    int size() {
        return live.size();
    }

    void awaitRoom() throws IOException {
        int most = server.maxRequests();
        if (most < 1) {
            throw new IllegalStateException("maxRequests() is " + most + ": a server takes one request at least");
        }
        if (live.size() < most) {
            return;
        }
        loopWaits = true;
        try {
            server.state().loop().awaitRoom(() -> live.size() < most);
        } finally {
            loopWaits = false;
        }
    }

    void start(R request, Sockaddr clientAddress) {
        Request one = new Request(request, clientAddress);
        Thread thread = server.threadFactory().newThread(one);
        if (thread == null) {
            throw new IllegalStateException("threadFactory() made no thread: newThread has returned null");
        }
        nameAfter(clientAddress, thread);
        if (!thread.isVirtual()) {
            thread.setDaemon(server.daemonThreads()); // else it would be as the thread of the loop is
        }
        one.thread = thread;
        live.add(one);
        server.state().inProgress().add(request);
        if (server.socket().isClosed()) { // whoever has closed it may have counted before this one was added
            forget(one);
            server.shutdownRequest(request);
            return;
        }
        try {
            thread.start();
        } catch (Throwable e) {
            forget(one);
            throw e;
        }
    }

    /** In the request's thread. What handleError throws has nobody else to go to. */
    static <R> void fail(BaseServer<R> server, R request, Sockaddr clientAddress, Throwable failure) {
        try {
            server.state().failed(server, request, clientAddress, failure);
        } catch (Throwable e) {
            Exceptions.add(e, failure);
            throw e;
        } finally {
            ServeLoop.shutdown(server, request, clientAddress);
        }
    }

    /** A dump of threads tells whom each of them serves. */
    private static void nameAfter(Sockaddr clientAddress, Thread thread) {
        String name = thread.getName();
        if (name.isEmpty() || name.startsWith("Thread-")) {
            thread.setName("request from " + clientAddress);
        }
    }

    private void forget(Request one) {
        server.state().inProgress().remove(one.request);
        live.remove(one);
        if (loopWaits) {
            server.state().loop().roomChanged();
        }
        if (waiters.get() > 0) {
            tellWaiters();
        }
    }

    private void tellWaiters() {
        lock.lock();
        try {
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the end of all requests. The loop's thread, and that of a request, do not wait for those which wait themselves, as they may
     * wait for it.
     */
    void join() throws InterruptedIOException {
        Request own = beginWaiting();
        boolean mayBeWaitedFor = own != null || server.state().loop().isServing();
        try {
            awaitEnds(mayBeWaitedFor ? this::allWait : live::isEmpty, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted with requests in progress: " + size() + "; the server is closed");
        } finally {
            endWaiting(own);
        }
    }

    /** Does what waits for the end of the loop. */
    void whileWaiting(Runnable wait) {
        Request own = beginWaiting();
        try {
            wait.run();
        } finally {
            endWaiting(own);
        }
    }

    private @Nullable Request beginWaiting() {
        Request own = ofCurrentThread();
        if (own != null) {
            own.waits = true;
            tellWaiters();
        }
        return own;
    }

    private static void endWaiting(RequestThreads<?>.@Nullable Request own) {
        if (own != null) {
            own.waits = false;
        }
    }

    /** The same for a time, and whether they have ended. */
    boolean drain(Duration atMost) throws InterruptedException {
        Request own = ofCurrentThread();
        return awaitEnds(() -> size() <= (own == null ? 0 : 1), TimeUnit.NANOSECONDS.convert(atMost));
    }

    private boolean allWait() {
        return live.stream().allMatch(each -> each.waits);
    }

    private @Nullable Request ofCurrentThread() {
        return live.stream()
                .filter(each -> each.thread == Thread.currentThread())
                .findAny()
                .orElse(null);
    }

    private boolean awaitEnds(BooleanSupplier haveEnded, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        waiters.incrementAndGet();
        try {
            long left = nanos;
            while (!haveEnded.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = ended.awaitNanos(left);
            }
            return true;
        } finally {
            waiters.decrementAndGet();
            lock.unlock();
        }
    }

    /** One request. What its thread throws goes to that thread's handler of uncaught exceptions. */
    private final class Request implements Runnable {

        private final R request;
        private final Sockaddr clientAddress;
        private volatile @Nullable Thread thread;

        /** Its thread waits in {@link #join} or {@link #whileWaiting}. */
        private volatile boolean waits;

        Request(R request, Sockaddr clientAddress) {
            this.request = request;
            this.clientAddress = clientAddress;
        }

        @Override
        public void run() {
            try {
                server.processRequestThread(request, clientAddress);
            } finally {
                forget(this);
            }
        }
    }
}
