package dev.hawser.netpoll;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a descriptor, reading or writing. One thread at a time operates in a direction, under the mutex;
 * where the kernel has nothing for it, it parks here until the poller says that something has changed.
 *
 * <p>The registration with epoll is edge-triggered, so an edge that comes while no thread waits must be kept: the state
 * is one of <em>empty</em> (null), <em>ready</em>, and <em>the thread that waits</em>. An edge that was kept may be
 * stale by the time it is used. Therefore ready means "try", never "there is data".
 */
public final class Readiness {

    private static final Object READY = new Object();
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Readiness.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Mutex mutex = new Mutex();

    /** null, READY, or the parked Thread. */
    private volatile @Nullable Object state;

    /** The thread that pauses, for {@link #wake}. */
    private volatile @Nullable Thread paused;

    /** Guarded by the mutex: the last read took all there was, so that the next one would only be told EAGAIN. */
    private boolean drained;

    /** The peer has sent its last byte, an error or urgent data, or an option is set: a short read proves nothing. */
    private volatile boolean unpredictable;

    Readiness() {}

    /**
     * Says that the kernel's buffer was empty after the read that has just been made; call it inside
     * {@link Handle#perform}. Only a TCP stream tells that by a short read: elsewhere a read also ends at the border of
     * a message or before a passed descriptor.
     */
    public void markDrained() {
        drained = true;
    }

    /** Lets one call in at a time. */
    Mutex mutex() {
        return mutex;
    }

    /** Whether to wait before the first try: true at most once for each {@link #markDrained}. */
    boolean takeDrained() {
        if (!drained) {
            return false;
        }
        drained = false;
        return !unpredictable;
    }

    /** Has every thread in this direction look again whether it may go on. */
    void wake() {
        ready(false);
        mutex.wakeAll();
        Thread pausing = paused;
        if (pausing != null) {
            LockSupport.unpark(pausing);
        }
    }

    /** Says that a short read proves nothing on this socket from now on, because of an option, say. */
    public void distrustShortReads() {
        unpredictable = true;
    }

    /** Whether the peer may have sent its last byte: once true, no edge need follow the data that are there. */
    public boolean mayHaveEnded() {
        return unpredictable;
    }

    /** Parks the thread for a while, whatever edges come; under the mutex. It ends early when the owner is closed. */
    int pause(Handle owner, long nanos, long deadline) {
        long remaining = Deadline.remainingNanos(deadline);
        paused = Thread.currentThread();
        int ended = owner.isClosed()
                ? Outcome.CLOSED
                : Parking.park(this, remaining <= nanos ? deadline : Deadline.after(nanos));
        paused = null;
        return ended;
    }

    /** Called by the poller, and by {@link #wake}: keeps the edge, and wakes the thread that waits for it. */
    void ready(boolean nowUnpredictable) {
        if (nowUnpredictable) {
            unpredictable = true;
        }
        if (state == READY) {
            return;
        }
        Object before = STATE.getAndSet(this, READY);
        if (before instanceof Thread waiting) {
            LockSupport.unpark(waiting);
        }
    }

    /** Parks the thread until the direction is ready; under the mutex. */
    int await(long deadline) {
        Thread me = Thread.currentThread();
        if (STATE.compareAndSet(this, null, me)) {
            while (state == me) {
                int ended = Parking.park(this, deadline);
                if (ended != Outcome.READY && STATE.compareAndSet(this, me, null)) {
                    return ended;
                }
            }
        }
        // An edge that comes between the wake-up and this line is covered too: the caller tries after it.
        state = null;
        return Outcome.READY;
    }
}
