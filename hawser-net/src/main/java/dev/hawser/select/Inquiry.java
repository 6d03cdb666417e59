package dev.hawser.select;

import dev.hawser.netpoll.AnyOf;
import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;

/**
 * A question to the kernel about many descriptors, all of which are handed over each time: poll(2), select(2). And how a
 * thread waits for the answer: a platform thread in the kernel, a virtual one parked.
 */
interface Inquiry extends AnyOf.Members, Handle.Call {

    /**
     * Asks.
     *
     * @param timeoutNanos how long to wait; negative: without end
     * @return how many are ready, 0 when the time is up, or {@code -errno}
     */
    int ask(long timeoutNanos);

    /** Asks for those who come again after EAGAIN. */
    @Override
    default long make() {
        int n = ask(0);
        return n == 0 ? -Errno.EAGAIN : n;
    }

    /**
     * Waits.
     *
     * @param deadline a {@link Deadline}
     * @return how many are ready, 0 when the time is up, {@code -errno}, or an {@link Outcome}
     */
    default int await(SystemCalls calls, long deadline) {
        int n;
        do {
            n = ask(0);
        } while (n == -Errno.EINTR);
        if (n != 0 || deadline == Deadline.NOW) {
            return n;
        }
        return Thread.currentThread().isVirtual() ? park(calls, deadline) : waitInKernel(deadline);
    }

    private int park(SystemCalls calls, long deadline) {
        long result = AnyOf.perform(calls, this, deadline, this);
        return result == Outcome.TIMED_OUT ? 0 : (int) result;
    }

    private int waitInKernel(long deadline) {
        if (Thread.currentThread().isInterrupted()) {
            return Outcome.INTERRUPTED;
        }
        int n = 0;
        for (long left = Deadline.remainingNanos(deadline);
                left > 0 && (n == 0 || n == -Errno.EINTR);
                left = Deadline.remainingNanos(deadline)) {
            n = ask(deadline == Deadline.NEVER ? -1 : left);
        }
        return n == -Errno.EINTR ? 0 : n;
    }
}
