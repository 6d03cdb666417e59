package dev.hawser.reactor;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls that other threads have put there for the loop: without a lock. Who puts the first one is told to wake the loop, and nobody else.
 *
 * <h2>Threading</h2>
 * {@link #add} and {@link #isEmpty} from any thread, the rest for the loop's.
 */
final class CallQueue {

    /** A call, and the one that was put before it. */
    static final class Queued {

        private final Runnable call;
        private final long sinceNanos;
        private @Nullable Queued next;

        private Queued(Runnable call, long sinceNanos) {
            this.call = call;
            this.sinceNanos = sinceNanos;
        }

        Runnable call() {
            return call;
        }

        long sinceNanos() {
            return sinceNanos;
        }

        @Nullable
        Queued next() {
            return next;
        }
    }

    /** What stands where the last call would, when no more are taken. */
    private static final Queued SEALED = new Queued(() -> {}, 0);

    /** The last one, from which the others hang. */
    private final AtomicReference<@Nullable Queued> last = new AtomicReference<>();

    /**
     * Puts a call behind the others.
     *
     * @return whether it is the first, so that nobody may have woken the loop yet
     * @throws IllegalStateException if the queue was sealed
     */
    boolean add(Runnable call) {
        Queued mine = new Queued(call, System.nanoTime());
        Queued before;
        do {
            before = last.get();
            if (before == SEALED) {
                throw new IllegalStateException("the reactor is closed, it makes no calls any more");
            }
            mine.next = before;
        } while (!last.compareAndSet(before, mine));
        return before == null;
    }

    boolean isEmpty() {
        return last.get() == null;
    }

    /** Takes all: the first of them, which leads to the others; null where there are none. */
    @Nullable
    Queued takeAll() {
        return isEmpty() ? null : inOrder(last.getAndSet(null));
    }

    /** Takes no more from now on: what there was, as {@link #takeAll}. */
    @Nullable
    Queued seal() {
        Queued all = last.getAndSet(SEALED);
        return all == SEALED ? null : inOrder(all);
    }

    private static @Nullable Queued inOrder(@Nullable Queued lastFirst) {
        Queued first = null;
        Queued rest = lastFirst;
        while (rest != null) {
            Queued next = rest.next;
            rest.next = first;
            first = rest;
            rest = next;
        }
        return first;
    }
}
