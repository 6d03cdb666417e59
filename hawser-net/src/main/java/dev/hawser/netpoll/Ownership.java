package dev.hawser.netpoll;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.Cleaner.Cleanable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Handle} owns, apart from the handle itself, so that it can be given back when the handle is lost.
 *
 * <p>A lost handle is reported with the stack that opened it. As the report comes when the garbage collector finds the
 * handle, or never, it helps to find a defect and does not repair it.
 */
final class Ownership implements Runnable {

    private static final Logger LOG = System.getLogger("dev.hawser.socket.leak");

    /** Without the stack that opened it, a lost socket is reported too, and a socket takes half the memory. */
    private static final boolean STACKS = !"false".equals(System.getProperty("hawser.leakStacks"));

    private static volatile @Nullable Cleaner cleaner;

    private final Descriptor descriptor;

    /** How many handles of the descriptor are open. */
    private final AtomicInteger handles;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final @Nullable Throwable opened;

    Ownership(Descriptor descriptor, AtomicInteger handles, @Nullable Ownership listener) {
        this.descriptor = descriptor;
        this.handles = handles;
        this.opened = listener != null ? listener.opened : STACKS ? new Throwable("opened here") : null;
    }

    Cleanable watch(Handle owner) {
        Cleaner made = cleaner;
        return (made != null ? made : makeCleaner()).register(owner, this);
    }

    /** Made by the first socket, and not by the class initialiser, which gets no second chance where it fails. */
    private static synchronized Cleaner makeCleaner() {
        Cleaner made = cleaner;
        if (made == null) {
            made = Cleaner.create(task -> Daemons.platform("hawser-leaks", task));
            cleaner = made;
        }
        return made;
    }

    boolean isClosed() {
        return closed.get();
    }

    int close(boolean mayLinger) {
        if (!closed.compareAndSet(false, true)) {
            return Outcome.CLOSED;
        }
        if (handles.decrementAndGet() > 0) {
            descriptor.wake();
            return 0;
        }
        return descriptor.close(mayLinger);
    }

    int detach() {
        if (!closed.compareAndSet(false, true)) {
            return Outcome.CLOSED;
        }
        int fd = descriptor.detach();
        // Only now: a file that is closed meanwhile must not find itself the last, and close the number.
        handles.set(0);
        return fd;
    }

    /** Called by the Cleaner: after a close there is nothing left to do; without one the handle was lost. */
    @Override
    public void run() {
        int fd = descriptor.fd();
        if (close(true) != Outcome.CLOSED) {
            LOG.log(Level.WARNING, "a socket was lost without close(), descriptor " + fd, opened);
        }
    }
}
