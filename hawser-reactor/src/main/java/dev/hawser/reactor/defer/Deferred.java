package dev.hawser.reactor.defer;

import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that comes later, and the chain of callbacks that it will go through. Each callback gets what the one before it returned; what one throws goes to the
 * next errback. Adding one returns this same object, under the type of what the chain gives from there on: use what is returned.
 *
 * @param <T> the type of the result
 */
public final class Deferred<T extends @Nullable Object> {

    /** Takes a result to another.
     *
     * @param <T> what comes
     * @param <U> what goes on
     */
    @FunctionalInterface
    public interface Callback<T extends @Nullable Object, U extends @Nullable Object> {

        /**
         * Takes a result.
         *
         * @param result the result
         * @return the result for the next
         * @throws Exception for the next errback
         */
        U call(T result) throws Exception;
    }

    /** One that has not fired. */
    public Deferred() {}

    /**
     * One that has not fired, and can be cancelled.
     *
     * @param canceller called by {@link #cancel}, to end the work; it may fire the deferred
     */
    public Deferred(Consumer<Deferred<T>> canceller) {}

    private static UnsupportedOperationException draft() {
        return new UnsupportedOperationException("a draft");
    }

    /**
     * One that has fired.
     *
     * @param result the result
     * @param <T> its type
     * @return the deferred
     */
    public static <T extends @Nullable Object> Deferred<T> succeed(T result) {
        throw draft();
    }

    /**
     * One that has failed.
     *
     * @param failure why
     * @param <T> the type of the result that there is not
     * @return the deferred
     */
    public static <T extends @Nullable Object> Deferred<T> fail(Throwable failure) {
        throw draft();
    }

    /**
     * Fires with a result.
     *
     * @param result the result
     * @throws AlreadyCalledException if it has fired; once after {@link #cancel} this does nothing
     */
    public void callback(T result) {
        throw draft();
    }

    /**
     * Fires with a failure.
     *
     * @param failure why
     * @throws AlreadyCalledException if it has fired; once after {@link #cancel} this does nothing
     */
    public void errback(Throwable failure) {
        throw draft();
    }

    /**
     * Goes on with a result.
     *
     * @param callback takes it
     * @param <U> the type of what it returns
     * @return this
     */
    public <U extends @Nullable Object> Deferred<U> addCallback(Callback<? super T, ? extends U> callback) {
        throw draft();
    }

    /**
     * Goes on with a failure.
     *
     * @param errback takes it, and returns a result, or throws it again
     * @return this
     */
    public Deferred<T> addErrback(Callback<? super Throwable, ? extends T> errback) {
        throw draft();
    }

    /**
     * Goes on with a result or a failure.
     *
     * @param callback takes a result
     * @param errback takes a failure
     * @param <U> the type of what they return
     * @return this
     */
    public <U extends @Nullable Object> Deferred<U> addCallbacks(
            Callback<? super T, ? extends U> callback, Callback<? super Throwable, ? extends U> errback) {
        throw draft();
    }

    /**
     * Calls with a result, or with a failure, and hands it on unchanged: what Python writes as a callback that returns its argument.
     *
     * @param call gets the outcome
     * @return this
     */
    public Deferred<T> addBoth(Consumer<? super Outcome<T>> call) {
        throw draft();
    }

    /**
     * Goes on with a result to another deferred, and waits for that.
     *
     * @param callback takes the result
     * @param <U> the type of the other's result
     * @return this
     */
    public <U extends @Nullable Object> Deferred<U> thenCompose(Callback<? super T, Deferred<? extends U>> callback) {
        throw draft();
    }

    /**
     * Goes on with a failure to another deferred, and waits for that.
     *
     * @param errback takes the failure
     * @return this
     */
    public Deferred<T> exceptionallyCompose(Callback<? super Throwable, Deferred<? extends T>> errback) {
        throw draft();
    }

    /**
     * Fires another with what comes; this one goes on with null.
     *
     * @param other the other
     */
    public void chainDeferred(Deferred<? super T> other) {
        throw draft();
    }

    /** Gives up: the canceller ends the work, and the chain fails with {@link CancelledException}. After it has fired, it cancels what it waits for. */
    public void cancel() {
        throw draft();
    }

    /** Calls no callbacks until {@link #unpause}, once for each pause. */
    public void pause() {
        throw draft();
    }

    /** Takes a pause back. */
    public void unpause() {
        throw draft();
    }

    /**
     * Cancels it when a time has passed, and then fails with {@link java.util.concurrent.TimeoutException}.
     *
     * @param timeout how long
     * @param clock tells when
     * @return this
     */
    public Deferred<T> addTimeout(Duration timeout, ReactorTime clock) {
        throw draft();
    }

    /**
     * Whether it has fired.
     *
     * @return true once it has; its chain may still wait
     */
    public boolean isCalled() {
        throw draft();
    }

    /**
     * Waits for the result, on a virtual thread: what follows is the coroutine's next step.
     *
     * @return the result
     * @throws Exception the failure
     * @throws InterruptedException if the thread was interrupted; the deferred goes on
     * @throws IllegalStateException in a reactor's thread, which would wait for itself
     */
    public T await() throws Exception {
        throw draft();
    }

    /**
     * As the JDK has it.
     *
     * @return completes with the result; cancelling it cancels this
     */
    public CompletableFuture<T> toCompletableFuture() {
        throw draft();
    }
}
