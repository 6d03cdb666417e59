package dev.hawser.netpoll;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a descriptor, reading or writing. One thread at a time operates in a direction, under the lock;
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

    private final ReentrantLock lock = new ReentrantLock();

    /** null, READY, or the parked Thread. */
    private volatile @Nullable Object state;

    /** Guarded by the lock: the last read took all there was, so that the next one would only be told EAGAIN. */
    private boolean drained;

    /** The peer has sent its last byte, an error or urgent data: from then on a short read proves nothing. */
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

    /** Enters the direction: 0, or the {@link Outcome} that ended the wait for the thread that is in it. */
    int enter(long deadline, int busy) {
        if (lock.tryLock()) {
            return Outcome.READY;
        }
        if (deadline == Deadline.NOW) {
            return busy;
        }
        try {
            if (deadline == Deadline.NEVER) {
                lock.lockInterruptibly();
                return Outcome.READY;
            }
            boolean entered = lock.tryLock(Deadline.remainingNanos(deadline), TimeUnit.NANOSECONDS);
            return entered ? Outcome.READY : Outcome.TIMED_OUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.INTERRUPTED;
        }
    }

    void leave() {
        lock.unlock();
    }

    /** Whether to wait before the first try: true at most once for each {@link #markDrained}. */
    boolean takeDrained() {
        if (!drained) {
            return false;
        }
        drained = false;
        return !unpredictable;
    }

    /** Called by the poller, and by close: keeps the edge, and wakes the thread that waits for it. */
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

    /** Parks the thread until the direction is ready; under the lock. */
    int await(long deadline) {
        Thread me = Thread.currentThread();
        if (STATE.compareAndSet(this, null, me)) {
            while (state == me) {
                int ended = park(me, deadline);
                if (ended != Outcome.READY && STATE.compareAndSet(this, me, null)) {
                    return ended;
                }
            }
        }
        // An edge that comes between the wake-up and this line is covered too: the caller tries after it.
        state = null;
        return Outcome.READY;
    }

    private int park(Thread me, long deadline) {
        if (me.isInterrupted()) {
            return Outcome.INTERRUPTED;
        }
        if (deadline == Deadline.NEVER) {
            LockSupport.park(this);
            return Outcome.READY;
        }
        long remaining = Deadline.remainingNanos(deadline);
        if (remaining <= 0) {
            return Outcome.TIMED_OUT;
        }
        LockSupport.parkNanos(this, remaining);
        return Outcome.READY;
    }
}
