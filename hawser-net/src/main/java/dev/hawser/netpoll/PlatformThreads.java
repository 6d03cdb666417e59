package dev.hawser.netpoll;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Runs what may block inside libc or the kernel on a platform thread, so that a virtual thread keeps no carrier. */
public final class PlatformThreads {

    private PlatformThreads() {}

    /** Runs to the end, whatever happens to the calling thread meanwhile. */
    static int call(String name, IntSupplier task) {
        return start(name, task::getAsInt).join();
    }

    /**
     * Runs until the deadline. A task that is late goes on alone, and its result is dropped.
     *
     * @param name the thread's name
     * @param task what to run
     * @param deadline a {@link Deadline}
     * @param <T> the type of the result
     * @return the result
     * @throws TimeoutException if the deadline passed first
     * @throws InterruptedException if the calling thread was interrupted first
     */
    public static <T> T callUntil(String name, Supplier<T> task, long deadline)
            throws TimeoutException, InterruptedException {
        try {
            return start(name, task).get(Deadline.remainingNanos(deadline), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " failed", e.getCause());
        }
    }

    private static <T> CompletableFuture<T> start(String name, Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                task, run -> Daemons.platform(name, run).start());
    }
}
