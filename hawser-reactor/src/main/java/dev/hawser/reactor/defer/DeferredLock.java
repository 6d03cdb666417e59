package dev.hawser.reactor.defer;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Lets one in at a time. Who waits is let in in the order of asking.
 *
 * <h2>Threading</h2>
 * For the thread that owns it; it keeps apart what is under way at the same time there, and no threads.
 */
public final class DeferredLock {
    private final DeferredSemaphore semaphore = new DeferredSemaphore(1);

    /** One that is free. */
    public DeferredLock() {}

    /**
     * Asks to be let in.
     *
     * @return fires with this when let in; cancelling it before leaves the queue
     */
    public Deferred<DeferredLock> acquire() {
        return semaphore.acquire().addCallback(held -> this);
    }

    /**
     * Gives it back, and lets the next one in.
     *
     * @throws IllegalStateException if it is free
     */
    public void release() {
        semaphore.release();
    }

    /**
     * Does something when let in, and releases when it is done, however it ends.
     *
     * @param work what to do
     * @param <T> the type of its result
     * @return what the work came to
     */
    public <T extends @Nullable Object> Deferred<T> run(Callable<? extends Deferred<? extends T>> work) {
        return semaphore.run(work);
    }

    /**
     * Whether somebody has it.
     *
     * @return false if it is free
     */
    public boolean isLocked() {
        return semaphore.tokens() == 0;
    }
}
