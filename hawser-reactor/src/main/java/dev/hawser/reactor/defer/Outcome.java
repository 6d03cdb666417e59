package dev.hawser.reactor.defer;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Deferred} came to.
 *
 * @param <T> the type of a result
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /**
     * A result.
     *
     * @param result the result
     * @param <T> its type
     */
    record Success<T extends @Nullable Object>(T result) implements Outcome<T> {}

    /**
     * A failure.
     *
     * @param failure why
     * @param <T> the type of the result that there is not
     */
    record Failure<T extends @Nullable Object>(Throwable failure) implements Outcome<T> {}
}
