package dev.hawser.reactor.defer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for many {@link Deferred}s at once. Cancelling what its methods return cancels them all.
 *
 * <p>Each deferred goes on with what it had, so that others may use it further. That holds for failures too: who is told of them here should say {@link #consumeErrors}, or
 * each is also reported as one that nobody looked at.
 *
 * <h2>Threading</h2>
 * For the thread that owns the deferreds.
 *
 * {@snippet file="dev/hawser/reactor/defer/DeferSnippetsTest.java" region="list"}
 *
 * @param <T> the type of the results
 */
public final class DeferredList<T extends @Nullable Object> {
    private final List<Deferred<? extends T>> deferreds;
    private boolean consumesErrors;
    private boolean firesOnOneErrback;

    /**
     * The result that came first.
     *
     * @param result the result
     * @param index whose it is: the place in the list
     * @param <T> the type of the result
     */
    public record First<T extends @Nullable Object>(T result, int index) {}

    /** Is told what one of them came to. */
    private interface Arrival<T extends @Nullable Object> {
        void come(int index, Outcome<? extends T> outcome);
    }

    private DeferredList(List<? extends Deferred<? extends T>> deferreds) {
        this.deferreds = List.copyOf(deferreds);
    }

    /**
     * Of these.
     *
     * @param deferreds what to wait for
     * @param <T> the type of their results
     * @return the list, which does nothing yet
     */
    public static <T extends @Nullable Object> DeferredList<T> of(List<? extends Deferred<? extends T>> deferreds) {
        return new DeferredList<>(deferreds);
    }

    /**
     * The results of all, or the first failure, as {@link FirstException}. Further failures are left to their deferreds.
     *
     * @param deferreds what to wait for
     * @param <T> the type of their results
     * @return fires with the results, in the order of the list
     */
    public static <T extends @Nullable Object> Deferred<List<T>> gatherResults(
            List<? extends Deferred<? extends T>> deferreds) {
        return DeferredList.<T>of(deferreds).results();
    }

    /**
     * The first result; then the others are cancelled. If there is none, it fails with {@link FailureGroup}.
     *
     * @param deferreds what to wait for
     * @param <T> the type of their results
     * @return fires with the first result
     */
    public static <T extends @Nullable Object> Deferred<First<T>> race(
            List<? extends Deferred<? extends T>> deferreds) {
        return new DeferredList<T>(deferreds).consumeErrors().firstResult(true);
    }

    /**
     * Has the deferreds go on with null where they failed: the failures are told here, and nowhere else.
     *
     * @return this
     */
    public DeferredList<T> consumeErrors() {
        consumesErrors = true;
        return this;
    }

    /**
     * Has {@link #outcomes} fail at the first failure, with {@link FirstException}.
     *
     * @return this
     */
    public DeferredList<T> fireOnOneErrback() {
        firesOnOneErrback = true;
        return this;
    }

    /**
     * What each came to.
     *
     * @return fires when all have; at once for an empty list
     */
    public Deferred<List<Outcome<? extends T>>> outcomes() {
        Deferred<List<Outcome<? extends T>>> all = cancelling();
        // No outcome is null, but those that have not come yet are.
        Outcome<?>[] outcomes = new Outcome<?>[deferreds.size()];
        int[] missing = {deferreds.size()};
        if (deferreds.isEmpty()) {
            all.callback(List.of());
        }
        watch((index, outcome) -> {
            outcomes[index] = outcome;
            missing[0]--;
            if (!all.isCalled()) {
                if (firesOnOneErrback && outcome instanceof Outcome.Failure<?> failure) {
                    all.errback(new FirstException(failure.failure(), index));
                } else if (missing[0] == 0) {
                    all.callback(listOf(outcomes));
                }
            }
        });
        return all;
    }

    /**
     * The results of all.
     *
     * @return fires with them, in the order of the list, or fails with {@link FirstException} as soon as one fails
     */
    public Deferred<List<T>> results() {
        return fireOnOneErrback().outcomes().addCallback(DeferredList::resultsOf);
    }

    /**
     * The result that comes first; the others go on. If there is none, it fails with {@link FailureGroup}.
     *
     * @return fires with the first
     */
    public Deferred<First<T>> fireOnOneCallback() {
        return firstResult(false);
    }

    private Deferred<First<T>> firstResult(boolean cancelsOthers) {
        Deferred<First<T>> first = cancelling();
        Throwable[] failures = new Throwable[deferreds.size()];
        int[] missing = {deferreds.size()};
        if (deferreds.isEmpty()) {
            first.errback(new FailureGroup(List.of()));
        }
        watch((index, outcome) -> {
            missing[0]--;
            if (outcome instanceof Outcome.Failure<?> failure) {
                failures[index] = failure.failure();
            }
            if (first.isCalled()) {
                return;
            }
            if (outcome instanceof Outcome.Success<? extends T> success) {
                first.callback(new First<>(success.result(), index));
                if (cancelsOthers) {
                    cancelAll();
                }
            } else if (missing[0] == 0) {
                first.errback(new FailureGroup(
                        Arrays.stream(failures).map(Objects::requireNonNull).toList()));
            }
        });
        return first;
    }

    private <R> Deferred<R> cancelling() {
        return new Deferred<>(cancelled -> cancelAll());
    }

    private void cancelAll() {
        deferreds.forEach(Deferred::cancel);
    }

    private void watch(Arrival<T> arrival) {
        for (int i = 0; i < deferreds.size(); i++) {
            int index = i;
            watch(deferreds.get(i), outcome -> arrival.come(index, outcome));
        }
    }

    @SuppressWarnings("NullAway") // who consumes errors says that nobody else looks at the results
    private <S extends T> void watch(Deferred<S> deferred, Consumer<Outcome<S>> arrival) {
        Deferred<S> watched = deferred.addBoth(arrival);
        if (consumesErrors) {
            watched.addErrback(failure -> null);
        }
    }

    @SuppressWarnings("unchecked") // filled by watch()
    private static <T extends @Nullable Object> List<Outcome<? extends T>> listOf(Outcome<?>[] outcomes) {
        List<Outcome<? extends T>> list = new ArrayList<>(outcomes.length);
        for (Outcome<?> outcome : outcomes) {
            list.add((Outcome<? extends T>) Objects.requireNonNull(outcome));
        }
        return Collections.unmodifiableList(list);
    }

    private static <T extends @Nullable Object> List<T> resultsOf(List<Outcome<? extends T>> outcomes) {
        List<T> results = new ArrayList<>(outcomes.size());
        for (Outcome<? extends T> outcome : outcomes) {
            if (outcome instanceof Outcome.Success<? extends T> success) {
                results.add(success.result());
            }
        }
        return Collections.unmodifiableList(results);
    }
}
