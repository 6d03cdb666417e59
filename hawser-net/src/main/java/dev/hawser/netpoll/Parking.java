package dev.hawser.netpoll;

import java.util.concurrent.locks.LockSupport;

/** Parks a thread, virtual or platform, until it is woken, its deadline has passed, or it is interrupted. */
final class Parking {

    private Parking() {}

    /** 0 when woken, perhaps for no reason: look again; else why the wait is over. */
    static int park(Object blocker, long deadline) {
        if (Thread.currentThread().isInterrupted()) {
            return Outcome.INTERRUPTED;
        }
        if (deadline == Deadline.NEVER) {
            LockSupport.park(blocker);
            return Outcome.READY;
        }
        long remaining = Deadline.remainingNanos(deadline);
        if (remaining <= 0) {
            return Outcome.TIMED_OUT;
        }
        LockSupport.parkNanos(blocker, remaining);
        return Outcome.READY;
    }
}
