package dev.hawser.socketserver;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One platform thread, because starting a process keeps it in the kernel; made when it is first needed. */
final class ThreadPoolTimers implements PoolTimers {

    private final ScheduledThreadPoolExecutor executor;

    ThreadPoolTimers() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("hawser-worker-pool").factory());
        executor.setRemoveOnCancelPolicy(true);
        // What is asked for after the end has no worker left that it could be about.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Future<?> future = executor.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static long nanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // three hundred years
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
