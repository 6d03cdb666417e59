package dev.hawser.reactor.defer;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for what a chain comes to. The chain goes on with the same. */
final class Waiter extends Link {
    private final Thread thread = Thread.currentThread();
    private @Nullable Object outcome = Chain.NOT_YET;
    private boolean gone;

    @Override
    @Nullable
    Chain apply(Chain current) {
        if (take(current.current())) {
            LockSupport.unpark(thread);
        }
        return null;
    }

    private synchronized boolean take(@Nullable Object result) {
        if (gone) {
            return false;
        }
        Failed.handled(result);
        outcome = result;
        return true;
    }

    /** Waits in the thread that made this. */
    @Nullable
    Object park() throws InterruptedException {
        while (!Chain.hasCome(outcome())) {
            LockSupport.park(this);
            if (Thread.interrupted() && leave()) {
                throw new InterruptedException("interrupted while waiting for a Deferred");
            }
        }
        return outcome();
    }

    private synchronized @Nullable Object outcome() {
        return outcome;
    }

    /** Waits no longer: false if the outcome has come, and then the interrupt is for whoever waits next. */
    private synchronized boolean leave() {
        gone = !Chain.hasCome(outcome);
        if (!gone) {
            thread.interrupt();
        }
        return gone;
    }
}
