package dev.hawser.testkit;

import static dev.hawser.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that a test makes in another thread, of the same kind as the test's. */
public final class Tasks<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A task that does what only may throw. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private final FutureTask<T> task;
    private final Thread thread;

    private Tasks(Callable<T> call) {
        task = new FutureTask<>(call);
        thread = Thread.currentThread().isVirtual()
                ? Thread.ofVirtual().start(task)
                : Thread.ofPlatform().daemon().start(task);
    }

    /** Makes the call now. */
    public static <T> Tasks<T> start(Callable<T> call) {
        return new Tasks<>(call);
    }

    /** The same, of what has no result. */
    public static Tasks<Void> run(Action action) {
        return new Tasks<>(() -> {
            action.run();
            return null;
        });
    }

    /** Waits until the call waits. */
    public Tasks<T> awaitParked() {
        eventually().until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case TERMINATED -> throw new AssertionError("the call did not wait");
            default -> false;
        });
        return this;
    }

    /** Waits until the call waits, parked or in the kernel. */
    public Tasks<T> awaitWaiting() {
        eventually().until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case TERMINATED -> throw new AssertionError("the call did not wait");
            default -> isInKernel();
        });
        return this;
    }

    private boolean isInKernel() {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("dev.hawser.posix.Sys")
                        && frame.getMethodName().startsWith("await"));
    }

    /** Whether the call has returned or thrown. */
    public boolean isDone() {
        return task.isDone();
    }

    /** Interrupts the thread that makes the call. */
    public void interrupt() {
        thread.interrupt();
    }

    /** The result of the call, or what it threw. */
    public T result() throws Exception {
        return result(PATIENCE);
    }

    /** The same, of a call that may take so long. */
    public T result(Duration patience) throws Exception {
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the call did not return", e);
        }
    }
}
