package dev.hawser.reactor.defer;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many in at a time. Who waits is let in in the order of asking.
 *
 * <h2>Threading</h2>
 * For the thread that owns it; it keeps apart what is under way at the same time there, and no threads.
 */
public final class DeferredSemaphore {
    private final int limit;
    private final Queued<DeferredSemaphore> waiting = new Queued<>();
    private int tokens;
    private boolean handsOut;

    /**
     * One that is free.
     *
     * @param tokens how many it lets in
     */
    public DeferredSemaphore(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException(
                    "a semaphore of " + tokens + " tokens would let nobody in; give 1 or more");
        }
        this.limit = tokens;
        this.tokens = tokens;
    }

    /**
     * Asks to be let in.
     *
     * @return fires with this when let in; cancelling it before leaves the queue
     */
    public Deferred<DeferredSemaphore> acquire() {
        if (tokens > 0 && waiting.isEmpty()) {
            tokens--;
            return Deferred.succeed(this);
        }
        return waiting.enter();
    }

    /**
     * Gives back what {@link #acquire} got, and lets the next one in.
     *
     * @throws IllegalStateException if nothing is out
     */
    public void release() {
        if (tokens == limit) {
            throw new IllegalStateException("release() without an acquire()");
        }
        tokens++;
        handOut();
    }

    /** A loop: who is let in may release at once, and a hundred thousand of those may wait. */
    private void handOut() {
        if (handsOut) {
            return;
        }
        handsOut = true;
        try {
            while (tokens > 0 && !waiting.isEmpty()) {
                tokens--;
                waiting.leave(this);
            }
        } finally {
            handsOut = false;
        }
    }

    /**
     * Does something when let in, and releases when it is done, however it ends.
     *
     * @param work what to do
     * @param <T> the type of its result
     * @return what the work came to
     */
    public <T extends @Nullable Object> Deferred<T> run(Callable<? extends Deferred<? extends T>> work) {
        return acquire().thenCompose(held -> Deferred.<T>compose(work).addBoth(outcome -> release()));
    }

    /**
     * How many could be let in now.
     *
     * @return 0 to {@link #limit}
     */
    public int tokens() {
        return tokens;
    }

    /**
     * How many it lets in.
     *
     * @return what it was made with
     */
    public int limit() {
        return limit;
    }
}
