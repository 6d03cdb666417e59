package dev.hawser.socket.concurrency;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A call that a test has another thread make. */
public final class InThread<T> {

    private final FutureTask<T> task;
    private final Thread thread;
    private volatile boolean interruptedAtEnd;

    private InThread(ThreadKind kind, Callable<T> call) {
        task = new FutureTask<>(() -> {
            try {
                return call.call();
            } finally {
                interruptedAtEnd = Thread.currentThread().isInterrupted();
            }
        });
        thread = kind.start(task);
    }

    public static <T> InThread<T> start(ThreadKind kind, Callable<T> call) {
        return new InThread<>(kind, call);
    }

    /** Waits until the thread is parked in a call of Hawser. */
    public InThread<T> awaitParked() {
        Await.until("parked", () -> requireAlive() && blocker().startsWith("dev.hawser."));
        return this;
    }

    /** Waits until the thread is queued behind another that is in the same direction. */
    public InThread<T> awaitQueued() {
        Await.until("queued", () -> requireAlive() && blocker().endsWith(".Mutex"));
        return this;
    }

    /** Waits until the thread is in a state, whatever for. */
    public void awaitState(Thread.State state) {
        Await.until(state.toString(), () -> requireAlive() && thread.getState() == state);
    }

    public boolean isDone() {
        return task.isDone();
    }

    public boolean hasSucceeded() {
        return task.state() == Future.State.SUCCESS;
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Whether the thread's interrupt status was set when the call had ended. */
    public boolean interruptedAtEnd() {
        return interruptedAtEnd;
    }

    public T result() throws Exception {
        try {
            return task.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("the call did not return", e);
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        }
    }

    /** What the call threw. */
    public Throwable failure() throws Exception {
        try {
            T result = task.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("the call succeeded: " + result);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("the call did not return", e);
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        }
    }

    private boolean requireAlive() {
        if (task.isDone()) {
            throw new AssertionError("the call did not wait: " + task);
        }
        return true;
    }

    private String blocker() {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker == null ? "" : blocker.getClass().getName();
    }
}
