package dev.hawser.netpoll;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time into a direction. Those who must wait go in the order in which they came, but a newcomer who
 * finds it free may go first. Unlike a lock of {@code java.util.concurrent}, waiting for it ends when the handle that one
 * waits through is closed.
 */
final class Mutex {

    private static final VarHandle HELD;

    static {
        try {
            HELD = MethodHandles.lookup().findVarHandle(Mutex.class, "held", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile boolean held;

    /** Made by the first who must wait: on most descriptors nobody ever does. */
    private volatile @Nullable Queue<Thread> waiting;

    /** 0, or the {@link Outcome} that ended the wait; {@code busy} where it must not wait. */
    int lock(Handle owner, long deadline, int busy) {
        if (HELD.compareAndSet(this, false, true)) {
            return Outcome.READY;
        }
        return deadline == Deadline.NOW ? busy : lockInTurn(owner, deadline);
    }

    private int lockInTurn(Handle owner, long deadline) {
        Thread me = Thread.currentThread();
        Queue<Thread> queue = queue();
        queue.add(me);
        int outcome = Outcome.READY;
        while (outcome == Outcome.READY) {
            if (queue.peek() == me && HELD.compareAndSet(this, false, true)) {
                queue.remove(me);
                return Outcome.READY;
            }
            outcome = owner.isClosed() ? Outcome.CLOSED : Parking.park(this, deadline);
        }
        queue.remove(me);
        if (!held) {
            // The wake-up that was meant for the next in turn may have come to us.
            wakeFirst();
        }
        return outcome;
    }

    /** Takes it and never gives it back. Waits for whoever is in, and nothing cuts that wait short. */
    void lockForGood() {
        if (HELD.compareAndSet(this, false, true)) {
            return;
        }
        Thread me = Thread.currentThread();
        Queue<Thread> queue = queue();
        queue.add(me);
        boolean interrupted = false;
        while (queue.peek() != me || !HELD.compareAndSet(this, false, true)) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        queue.remove(me);
        if (interrupted) {
            me.interrupt();
        }
    }

    void unlock() {
        held = false;
        wakeFirst();
    }

    /** Has everyone in the queue look again whether it may go on. */
    void wakeAll() {
        Queue<Thread> queue = waiting;
        if (queue != null) {
            queue.forEach(LockSupport::unpark);
        }
    }

    private void wakeFirst() {
        Queue<Thread> queue = waiting;
        Thread first = queue == null ? null : queue.peek();
        if (first != null) {
            LockSupport.unpark(first);
        }
    }

    private synchronized Queue<Thread> queue() {
        Queue<Thread> queue = waiting;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            waiting = queue;
        }
        return queue;
    }
}
