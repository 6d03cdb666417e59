package dev.hawser.reactor.defer;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The failure that a chain has come to, as its result. */
final class Failed {

    /** Of so many threads that wait for one failure the stacks are kept with it. */
    private static final int MOST_WAITERS = 8;

    private final Throwable cause;

    /** Where it was fired; null where a callback threw it, whose stack tells. */
    private final @Nullable Object fired;

    private @Nullable Unhandled unhandled;

    Failed(Throwable cause) {
        this(cause, null);
    }

    Failed(Throwable cause, @Nullable Object fired) {
        this.cause = cause;
        this.fired = fired;
    }

    static Failed of(String message) {
        return new Failed(new IllegalStateException(message));
    }

    Throwable cause() {
        return cause;
    }

    @SuppressWarnings("ReferenceEquality") // an exception is nothing but itself
    boolean isOf(Throwable failure) {
        return cause == failure;
    }

    /** The same for another chain; this one is the business of nobody any more. */
    Failed handOver() {
        handled();
        return new Failed(cause, fired);
    }

    static void handled(@Nullable Object outcome) {
        if (outcome instanceof Failed failed) {
            failed.handled();
        }
    }

    /** Somebody has seen it. */
    void handled() {
        if (unhandled != null) {
            unhandled.forget();
        }
        unhandled = Unhandled.NONE;
    }

    /** Has it reported if the chain is collected before anybody has seen it. */
    void watch(Chain chain, @Nullable Object made) {
        if (unhandled == null) {
            unhandled = Unhandled.watch(chain, cause, made, fired);
        }
    }

    /** The failure as it is to be thrown in another thread: with the place where that waited. */
    Exception rethrown() {
        if (cause.getSuppressed().length < MOST_WAITERS) {
            cause.addSuppressed(new Awaited());
        }
        return asException(cause);
    }

    /** A failure as what a method may throw that declares exceptions. */
    static Exception asException(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof Exception exception ? exception : new ExecutionException(failure);
    }

    /** No failure, but a stack trace: that of a thread that waited for a {@link Deferred}, which failed in another thread. */
    private static final class Awaited extends Exception {
        private static final long serialVersionUID = 1L;

        Awaited() {
            super("by the thread " + Thread.currentThread());
        }
    }
}
