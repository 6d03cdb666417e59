package dev.hawser.netpoll;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.ref.Cleaner.Cleanable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One owner of a descriptor: a socket, or a file that was made from it. Each is closed on its own; the last one closes
 * the descriptor.
 *
 * <h2>Threading</h2>
 * Safe from any thread. Closing wakes every thread that waits through this handle; those that wait through another
 * handle of the same descriptor go on waiting.
 *
 * <h2>Errors</h2>
 * Nothing here throws for a failed call: results below zero are {@code -errno} or an {@link Outcome}.
 */
public final class Handle {

    /** A system call on a descriptor: its result, or {@code -errno}. */
    @FunctionalInterface
    public interface Call {

        /**
         * Makes the call.
         *
         * @return what the call returned, or {@code -errno}
         */
        long make();
    }

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;

    private final Descriptor descriptor;
    private final AtomicInteger handles;
    private final Ownership ownership;
    private final Cleanable lost;

    private Handle(Descriptor descriptor, AtomicInteger handles, @Nullable Ownership listener) {
        this.descriptor = descriptor;
        this.handles = handles;
        this.ownership = new Ownership(descriptor, handles, listener);
        this.lost = ownership.watch(this);
    }

    /**
     * The first handle of a descriptor.
     *
     * @param calls the system calls to use
     * @param fd the number, non-blocking; this handle takes charge of it
     * @return the handle
     */
    public static Handle open(SystemCalls calls, int fd) {
        return new Handle(new Descriptor(calls, fd), new AtomicInteger(1), null);
    }

    /**
     * The first handle of a descriptor that was accepted in a loop. Where it is lost, the report shows the stack that opened its listener: that of the loop
     * would say no more, and cost a kilobyte for each connection.
     *
     * @param calls the system calls to use
     * @param fd the number, non-blocking; this handle takes charge of it
     * @return the handle
     */
    public Handle openAccepted(SystemCalls calls, int fd) {
        return new Handle(new Descriptor(calls, fd), new AtomicInteger(1), ownership);
    }

    /**
     * Another handle of the same descriptor.
     *
     * @return the handle, or null where this one is closed
     */
    public @Nullable Handle share() {
        if (ownership.isClosed() || handles.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
            return null;
        }
        return new Handle(descriptor, handles, null);
    }

    /** The descriptor; its number is safe to use inside {@link #perform} only. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** The descriptor's number as long as any handle is open, else -1. */
    public int fileno() {
        return descriptor.isClosing() ? -1 : descriptor.fd();
    }

    /** Whether this handle was closed, or the descriptor under it. */
    public boolean isClosed() {
        return ownership.isClosed() || descriptor.isClosing();
    }

    /**
     * Makes a system call that does not wait, and that no other call needs to be kept from.
     *
     * @param call the call
     * @return its result, {@code -errno}, or {@link Outcome#CLOSED}
     */
    public long now(Call call) {
        if (ownership.isClosed() || !descriptor.acquire()) {
            return Outcome.CLOSED;
        }
        try {
            long result;
            do {
                result = call.make();
            } while (result == -Errno.EINTR);
            return result;
        } finally {
            descriptor.release();
        }
    }

    /**
     * Makes a system call until it has an answer: waits where the kernel says EAGAIN, tries again after EINTR.
     *
     * @param direction {@link Descriptor#reading} or {@link Descriptor#writing}: one call at a time in each
     * @param deadline a {@link Deadline}, over the waiting for the direction too
     * @param call the call, made once or more
     * @return its result, {@code -errno}, or an {@link Outcome}
     */
    public long perform(Readiness direction, long deadline, Call call) {
        return perform(direction, deadline, call, true);
    }

    /**
     * Lets the caller make a system call that does not wait, as {@link #perform} with {@link Deadline#NOW} does, for those who make so many that
     * an object for each would tell. Pair it with {@link #leave} where it returns 0.
     *
     * @param direction {@link Descriptor#reading} or {@link Descriptor#writing}
     * @return 0, {@code -EAGAIN} where another call is in, or {@link Outcome#CLOSED}
     */
    public int enterNow(Readiness direction) {
        if (isClosed()) {
            return Outcome.CLOSED;
        }
        int entered = direction.mutex().lock(this, Deadline.NOW, -Errno.EAGAIN);
        if (entered == Outcome.READY && isClosed()) {
            leave(direction);
            return Outcome.CLOSED;
        }
        return entered == Outcome.READY ? entered : (int) closedOr(entered);
    }

    /**
     * Ends what {@link #enterNow} has begun.
     *
     * @param direction the direction that it was given
     */
    public void leave(Readiness direction) {
        direction.mutex().unlock();
    }

    /**
     * Makes a system call until it has an answer, as {@link #perform} does, where the kernel sends no edge, or one too
     * many, when the call would succeed: tries again after pauses that grow.
     *
     * @param direction {@link Descriptor#reading} or {@link Descriptor#writing}: one call at a time in each
     * @param deadline a {@link Deadline}, over the waiting for the direction too
     * @param call the call, made once or more
     * @return its result, {@code -errno}, or an {@link Outcome}
     */
    public long performWithPauses(Readiness direction, long deadline, Call call) {
        return perform(direction, deadline, call, false);
    }

    private long perform(Readiness direction, long deadline, Call call, boolean edges) {
        if (isClosed()) {
            return Outcome.CLOSED;
        }
        int entered = direction.mutex().lock(this, deadline, -Errno.EAGAIN);
        if (entered != Outcome.READY) {
            return closedOr(entered);
        }
        // In here the number is ours: whoever closes the descriptor must get in first, to stay.
        try {
            return edges ? makeUntilDone(direction, deadline, call) : makeWithPauses(direction, deadline, call);
        } finally {
            direction.mutex().unlock();
        }
    }

    /**
     * Waits once, inside {@link #perform}, for a call that has begun and goes on by itself, such as a connect.
     *
     * @param direction the direction that {@code perform} was given
     * @param deadline a {@link Deadline}
     * @return 0, {@code -errno}, or an {@link Outcome}
     */
    public int await(Readiness direction, long deadline) {
        if (isClosed()) {
            return Outcome.CLOSED;
        }
        int watched = descriptor.watch();
        int waited = watched == 0 ? direction.await(deadline) : Outcome.unwatched(-watched);
        return isClosed() ? Outcome.CLOSED : waited;
    }

    private long makeUntilDone(Readiness direction, long deadline, Call call) {
        boolean waitFirst = deadline != Deadline.NOW && direction.takeDrained();
        boolean asked = false;
        for (; ; ) {
            if (waitFirst) {
                int waited = await(direction, deadline);
                if (waited != Outcome.READY) {
                    return asked || waited == Outcome.CLOSED ? waited : askOnce(call, waited);
                }
            } else if (isClosed()) {
                return Outcome.CLOSED;
            }
            long result = call.make();
            asked = true;
            if (result == -Errno.EAGAIN && deadline != Deadline.NOW) {
                waitFirst = true;
            } else if (result == -Errno.EINTR) {
                waitFirst = false;
            } else {
                return result;
            }
        }
    }

    private long makeWithPauses(Readiness direction, long deadline, Call call) {
        long pauseNanos = FIRST_PAUSE_NANOS;
        for (; ; ) {
            long result = isClosed() ? Outcome.CLOSED : call.make();
            boolean again = result == -Errno.EAGAIN && deadline != Deadline.NOW;
            if (!again && result != -Errno.EINTR) {
                return result;
            }
            int paused = again ? direction.pause(this, pauseNanos, deadline) : Outcome.READY;
            if (paused != Outcome.READY) {
                return closedOr(paused);
            }
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
    }

    /** What the drained mark said may be out of date: the wait fails only if the kernel has nothing either. */
    private static long askOnce(Call call, int waited) {
        long result;
        do {
            result = call.make();
        } while (result == -Errno.EINTR);
        return result == -Errno.EAGAIN ? waited : result;
    }

    private long closedOr(int outcome) {
        return isClosed() ? Outcome.CLOSED : outcome;
    }

    /**
     * Closes this handle, and the descriptor if it was the last.
     *
     * @param mayLinger whether close(2) may wait for the peer, because SO_LINGER is set
     * @return 0, {@code -errno} of close(2), or {@link Outcome#CLOSED} where it was closed before
     */
    public int close(boolean mayLinger) {
        int result = ownership.close(mayLinger);
        lost.clean();
        return result;
    }

    /**
     * Ends all handles of the descriptor and gives the number away, open.
     *
     * @return the number, or {@link Outcome#CLOSED}
     */
    public int detach() {
        int result = ownership.detach();
        lost.clean();
        return result;
    }
}
