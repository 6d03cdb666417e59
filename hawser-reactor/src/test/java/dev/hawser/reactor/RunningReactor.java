package dev.hawser.reactor;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reactor that a platform thread of its own runs, from before this was opened until it is closed. */
public final class RunningReactor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Reactor reactor;
    private final Thread thread;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** What only may throw. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private RunningReactor(Reactor reactor) {
        this.reactor = reactor;
        this.thread = Thread.ofPlatform().daemon().name("reactor-of-a-test").start(this::runUntilClosed);
        CompletableFuture<Void> running = new CompletableFuture<>();
        reactor.callFromThread(() -> running.complete(null));
        running.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** On the kind that {@code -Dhawser.reactor} names, or else on epoll. */
    public static RunningReactor open() throws IOException {
        return new RunningReactor(Reactor.open());
    }

    public static RunningReactor open(BackendKind kind) throws IOException {
        return new RunningReactor(Reactor.open(kind));
    }

    private void runUntilClosed() {
        try {
            reactor.run();
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    public Reactor reactor() {
        return reactor;
    }

    public Thread thread() {
        return thread;
    }

    /** Calls in the reactor's thread: what it returns or throws. */
    public <T> T call(Callable<T> call) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        reactor.callFromThread(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return await(result, "the call");
    }

    /** Calls in the reactor's thread. */
    public void run(Action action) throws Exception {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** Waits until turns have been made, each with all that was ready, so that what was about to happen has happened. */
    public void awaitTurns(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            call(() -> true);
        }
    }

    /** Waits for the end of the run, which somebody else brings about, and throws what it has thrown. */
    public void awaitEnd() throws Exception {
        await(end, "the run");
        thread.join(PATIENCE);
    }

    /** What a test waits for, and not without end. */
    static <T> T await(CompletableFuture<T> result, String what) throws Exception {
        try {
            return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new AssertionError(e.getCause());
            }
        } catch (TimeoutException e) {
            throw new AssertionError(what + " did not end", e);
        }
    }

    /** Closes the reactor, and waits until its thread has ended. What the run has thrown is a failure. */
    @Override
    public void close() {
        reactor.close();
        try {
            awaitEnd();
        } catch (Exception e) {
            throw new AssertionError("the run has failed", e);
        }
    }
}
