package dev.hawser.reactor.application;

import dev.hawser.reactor.PortPassing;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.PeerCredentials;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a run takes the place of the process before, and gives its own to the next. In the reactor's thread, but for what {@link Succession} calls. */
final class HotRestart implements Succession.Sides, Closeable {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    private final Reactor reactor;
    private final SockaddrUn address;

    /** Called in the reactor's thread, with the successor's process number. */
    private final Consumer<Integer> replaced;

    /** With a reactor that is busy, and a process that is. */
    private final Duration patience;

    private @Nullable Predecessor predecessor;
    private @Nullable Succession succession;
    private volatile int successor;

    /** Whoever comes too late is told that this process ends. */
    private boolean closing;

    HotRestart(Reactor reactor, SockaddrUn address, Consumer<Integer> replaced, Duration patience) {
        this.reactor = reactor;
        this.address = address;
        this.replaced = replaced;
        this.patience = patience;
    }

    // ---- the new process

    /**
     * Gets what listens from the process before, if there is one.
     *
     * @param trusted the number of a user whose processes are trusted besides this one's: waits, perhaps
     */
    Deferred<@Nullable Void> takeOver(Callable<Integer> trusted) {
        return Waiting.<@Nullable Predecessor>in(
                        reactor, () -> Predecessor.find(address, trusted.call()), HotRestart::abandon)
                .addCallback(found -> {
                    predecessor = found;
                    if (found != null) {
                        reactor.portPassing().inherit(found.ports());
                    }
                    return null;
                });
    }

    private static void abandon(@Nullable Predecessor found) {
        if (found != null) {
            closeQuietly(found);
            closeQuietly(found.control());
            found.ports().forEach(each -> closeQuietly(each.socket()));
        }
    }

    /** All services have started: the process before may leave, and the next one may come. */
    Deferred<@Nullable Void> succeed() {
        Predecessor before = predecessor;
        if (before == null) {
            return Deferred.of(() -> {
                watch(Succession.open(address, this));
                return null;
            });
        }
        return Waiting.run(reactor, () -> before.relieve(patience)).addCallback(relieved -> {
            inheritFrom(before);
            return null;
        });
    }

    private void inheritFrom(Predecessor before) throws IOException {
        PortPassing ports = reactor.portPassing();
        ports.ownPaths();
        ports.closeUnclaimed();
        Succession next = Succession.inherit(before.control(), address, this);
        predecessor = null;
        before.close();
        watch(next);
    }

    private void watch(Succession opened) {
        succession = opened;
        Thread.ofVirtual().name("hawser-hot-restart").start(opened::watch);
    }

    // ---- the old process

    @Override
    public Handover.@Nullable Offer offer(Socket control) throws IOException {
        Handover.Offer offer = inReactor(
                () -> closing ? null : new Handover.Offer(reactor.portPassing().share(), control));
        if (offer == null) {
            control.close();
        }
        return offer;
    }

    @Override
    public boolean leaveTo(PeerCredentials next, Succession.Promise promise) throws IOException {
        successor = next.pid();
        return inReactor(() -> {
            if (closing) {
                return false;
            }
            promise.give();
            reactor.portPassing().release();
            return true;
        });
    }

    @Override
    public void end() {
        reactor.callFromThread(() -> replaced.accept(successor));
    }

    /** What has not begun in time does not begin later. */
    private <T extends @Nullable Object> T inReactor(Callable<T> call) throws IOException {
        FutureTask<T> task = new FutureTask<>(call);
        AtomicBoolean claimed = new AtomicBoolean();
        reactor.callFromThread(() -> {
            if (claimed.compareAndSet(false, true)) {
                task.run();
            }
        });
        try {
            return result(task, claimed);
        } catch (ExecutionException e) {
            throw new IOException("the sockets cannot be passed on", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private <T extends @Nullable Object> T result(FutureTask<T> task, AtomicBoolean claimed)
            throws IOException, ExecutionException, InterruptedException {
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (claimed.compareAndSet(false, true)) {
                throw new IOException("the reactor's thread is busy: it has not answered in " + patience, e);
            }
            return task.get();
        }
    }

    // ---- the end

    /** The run ends: nobody takes over any more. */
    @Override
    public void close() {
        closing = true;
        Predecessor before = predecessor;
        predecessor = null;
        if (before != null) {
            closeQuietly(before.control());
            closeQuietly(before);
            reactor.portPassing().closeUnclaimed();
        }
        Succession next = succession;
        succession = null;
        if (next != null) {
            closeQuietly(next);
        }
    }

    private static void closeQuietly(Closeable closed) {
        try {
            closed.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot be closed: " + closed, e);
        }
    }
}
