package dev.hawser.reactor.defer;

import dev.hawser.reactor.time.ReactorTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that comes later, and the chain of callbacks that it will go through. Each callback gets what the one before it returned; what one throws goes to the
 * next errback. Adding one returns this same object, under the type of what the chain gives from there on: use what is returned.
 *
 * {@snippet file="dev/hawser/reactor/defer/DeferSnippetsTest.java" region="chain"}
 *
 * <p>A step that itself has to wait is added by {@link #thenCompose}:
 *
 * {@snippet file="dev/hawser/reactor/defer/DeferSnippetsTest.java" region="compose"}
 *
 * <h2>Threading</h2>
 * It belongs to the thread that fires it, a reactor's mostly: callbacks are added, and called, there. Any other thread may {@link #await} it, or
 * take its {@link #toCompletableFuture}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits but {@code await}, which is for virtual threads:
 *
 * {@snippet file="dev/hawser/reactor/defer/DeferSnippetsTest.java" region="await"}
 *
 * <h2>Errors</h2>
 * A failure that nobody has taken when the deferred is collected is reported to the logger {@code dev.hawser.reactor.defer}, with the place where the
 * deferred was made; {@code -Dhawser.deferredStacks=false} does without the place. End a chain with {@link #finish}, or an errback.
 *
 * <p>Source: Twisted's {@code twisted.internet.defer.Deferred}.
 *
 * @param <T> the type of the result
 */
public final class Deferred<T extends @Nullable Object> extends Chain {

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
    public Deferred() {
        super(null);
    }

    /**
     * One that has not fired, and can be cancelled.
     *
     * @param canceller called by {@link #cancel}, to end the work; it may fire the deferred
     */
    public Deferred(Consumer<Deferred<T>> canceller) {
        super(Objects.requireNonNull(canceller, "canceller"));
    }

    /**
     * One that has fired.
     *
     * @param result the result
     * @param <T> its type
     * @return the deferred
     */
    public static <T extends @Nullable Object> Deferred<T> succeed(T result) {
        Deferred<T> fired = new Deferred<>();
        fired.callback(result);
        return fired;
    }

    /**
     * One that has failed.
     *
     * @param failure why
     * @param <T> the type of the result that there is not
     * @return the deferred
     */
    public static <T extends @Nullable Object> Deferred<T> fail(Throwable failure) {
        Deferred<T> fired = new Deferred<>();
        fired.errback(failure);
        return fired;
    }

    /**
     * What a call comes to, its exception included: Twisted's {@code execute}.
     *
     * @param call is called at once
     * @param <T> the type of its result
     * @return one that has fired
     */
    public static <T extends @Nullable Object> Deferred<T> of(Callable<? extends T> call) {
        return Deferred.<@Nullable Object>succeed(null).addCallback(nothing -> call.call());
    }

    /**
     * What a call's deferred comes to, or the exception of the call itself: Twisted's {@code maybeDeferred}.
     *
     * @param call is called at once
     * @param <T> the type of the result
     * @return one that waits for the call's
     */
    public static <T extends @Nullable Object> Deferred<T> compose(Callable<? extends Deferred<? extends T>> call) {
        return Deferred.<@Nullable Object>succeed(null).thenCompose(nothing -> call.call());
    }

    /**
     * What a future of the JDK comes to. Cancelling the deferred cancels the future.
     *
     * @param future the future
     * @param owner fires the deferred, in the thread that it belongs to: {@code reactor::callFromThread}
     * @param <T> the type of the result
     * @return the deferred
     */
    public static <T extends @Nullable Object> Deferred<T> fromCompletableFuture(
            CompletableFuture<? extends T> future, Executor owner) {
        Deferred<T> deferred = new Deferred<>(cancelled -> future.cancel(true));
        var _ = future.whenComplete((result, failure) -> owner.execute(() -> deferred.fireFrom(result, failure)));
        return deferred;
    }

    /**
     * Fires with a result.
     *
     * @param result the result
     * @throws AlreadyCalledException if it has fired; once after {@link #cancel} this does nothing
     */
    public void callback(T result) {
        if (result instanceof Deferred) {
            throw new IllegalArgumentException("a Deferred is no result: chain it by thenCompose or chainDeferred");
        }
        fire(result);
    }

    /**
     * Fires with a failure.
     *
     * @param failure why
     * @throws AlreadyCalledException if it has fired; once after {@link #cancel} this does nothing
     */
    public void errback(Throwable failure) {
        fire(new Failed(Objects.requireNonNull(failure, "failure"), Origin.here()));
    }

    /**
     * Goes on with a result.
     *
     * @param callback takes it
     * @param <U> the type of what it returns
     * @return this
     */
    public <U extends @Nullable Object> Deferred<U> addCallback(Callback<? super T, ? extends U> callback) {
        return link(new Link.Call(Objects.requireNonNull(callback, "callback"), null, false));
    }

    /**
     * Goes on with a failure.
     *
     * @param errback takes it, and returns a result, or throws it again
     * @return this
     */
    public Deferred<T> addErrback(Callback<? super Throwable, ? extends T> errback) {
        return link(new Link.Call(null, Objects.requireNonNull(errback, "errback"), false));
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
        Objects.requireNonNull(callback, "callback");
        return link(new Link.Call(callback, Objects.requireNonNull(errback, "errback"), false));
    }

    /**
     * Calls with a result, or with a failure, and hands it on unchanged: what Python writes as a callback that returns its argument.
     *
     * @param call gets the outcome
     * @return this
     */
    public Deferred<T> addBoth(Consumer<? super Outcome<T>> call) {
        return link(new Link.Tap<>(Objects.requireNonNull(call, "call")));
    }

    /**
     * The end of a chain: it goes on with null, unless one of these throws.
     *
     * @param callback takes a result
     * @param errback takes a failure
     * @return this
     */
    public Deferred<@Nullable Void> finish(Consumer<? super T> callback, Consumer<? super Throwable> errback) {
        return this.<@Nullable Void>addCallbacks(
                result -> {
                    callback.accept(result);
                    return null;
                },
                failure -> {
                    errback.accept(failure);
                    return null;
                });
    }

    /**
     * Goes on with a result to another deferred, and waits for that.
     *
     * @param callback takes the result
     * @param <U> the type of the other's result
     * @return this
     */
    public <U extends @Nullable Object> Deferred<U> thenCompose(
            Callback<? super T, ? extends Deferred<? extends U>> callback) {
        return link(new Link.Call(Objects.requireNonNull(callback, "callback"), null, true));
    }

    /**
     * Goes on with a failure to another deferred, and waits for that.
     *
     * @param errback takes the failure
     * @return this
     */
    public Deferred<T> exceptionallyCompose(Callback<? super Throwable, ? extends Deferred<? extends T>> errback) {
        return link(new Link.Call(null, Objects.requireNonNull(errback, "errback"), true));
    }

    /**
     * Fires another with what comes; this one goes on with null.
     *
     * @param other the other
     */
    public void chainDeferred(Deferred<? super T> other) {
        add(new Link.Fire(other));
    }

    /** Gives up: the canceller ends the work, and the chain fails with {@link CancelledException}. After it has fired, it cancels what it waits for. */
    public void cancel() {
        Chain target = furthestUpstream();
        Object canceller = target.takeCanceller();
        if (!target.called()) {
            Failed cancelled = new Failed(new CancelledException("cancelled"), Origin.here());
            callCanceller(canceller, target, cancelled.cause());
            target.fireCancelled(cancelled);
        }
    }

    /** Calls no callbacks until {@link #unpause}, once for each pause. */
    public void pause() {
        pauseOnce();
    }

    /** Takes a pause back. */
    public void unpause() {
        unpauseOnce();
    }

    /**
     * Cancels it when a time has passed, and then fails with {@link java.util.concurrent.TimeoutException}.
     *
     * @param timeout how long
     * @param clock tells when
     * @return this
     */
    public Deferred<T> addTimeout(Duration timeout, ReactorTime clock) {
        Timeout pending = new Timeout(this, timeout, clock);
        return link(pending.link());
    }

    /**
     * Whether it has fired.
     *
     * @return true once it has; its chain may still wait
     */
    public boolean isCalled() {
        return called();
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
        LoopThreads.checkMayWait();
        Waiter waiter = new Waiter();
        Object outcome = observe(waiter);
        return resultOf(hasCome(outcome) ? outcome : waiter.park());
    }

    /**
     * As the JDK has it. For the thread that owns this; see {@link #toCompletableFuture(Executor)} for one that cancels elsewhere.
     *
     * @return completes with the result, in the thread that fires this; cancelling it cancels this, in the thread that cancels
     */
    public CompletableFuture<T> toCompletableFuture() {
        return toCompletableFuture(Runnable::run);
    }

    /**
     * As the JDK has it, for any thread. The chain goes on with the same result; a failure counts as handled.
     *
     * @param owner has this cancelled, in the thread that it belongs to, when the future is: {@code reactor::callFromThread}
     * @return completes with the result, in the thread that fires this
     */
    public CompletableFuture<T> toCompletableFuture(Executor owner) {
        Bridge<T> future = new Bridge<>(this, owner);
        Object outcome = observe(future.link());
        if (hasCome(outcome)) {
            future.take(outcome);
        }
        return future;
    }

    /** What came from elsewhere; it is too late if this was cancelled. */
    @SuppressWarnings("NullAway") // the type says whether it may be null
    private void fireFrom(@Nullable T result, @Nullable Throwable failure) {
        if (!isCalled()) {
            if (failure == null) {
                callback(result);
            } else {
                errback(asFailure(failure));
            }
        }
    }

    /** As a deferred has it: without the wrapper of a future, and a cancellation as its own. */
    private static Throwable asFailure(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return failure.getCause();
        }
        if (failure instanceof CancellationException && !(failure instanceof CancelledException)) {
            CancelledException cancelled = new CancelledException("the future was cancelled");
            cancelled.initCause(failure);
            return cancelled;
        }
        return failure;
    }

    @SuppressWarnings("unchecked") // the object stays, its type goes with the chain
    private <U extends @Nullable Object> Deferred<U> link(Link link) {
        add(link);
        return (Deferred<U>) this;
    }

    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> void callCanceller(
            @Nullable Object canceller, Chain target, Throwable cancelled) {
        if (canceller != null) {
            try {
                ((Consumer<Deferred<T>>) canceller).accept((Deferred<T>) target);
            } catch (RuntimeException | Error failure) {
                cancelled.addSuppressed(failure);
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the type says whether it may be null
    private T resultOf(@Nullable Object outcome) throws Exception {
        if (outcome instanceof Failed failed) {
            throw failed.rethrown();
        }
        return (T) outcome;
    }
}
