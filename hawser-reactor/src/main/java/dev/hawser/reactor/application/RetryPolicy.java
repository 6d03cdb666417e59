package dev.hawser.reactor.application;

import dev.hawser.reactor.protocols.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a {@link ClientService} waits before it connects again.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: {@code twisted.application.internet.backoffPolicy}; other than there, the first wait is the initial delay itself, and a jitter shortens as well as it lengthens.
 */
@FunctionalInterface
public interface RetryPolicy {

    /** A second, then each time half as long again, up to a minute, give or take 12 per cent, without end. */
    RetryPolicy DEFAULT = of(
            Backoff.DEFAULT
                    .withDelays(Duration.ofSeconds(1), Duration.ofMinutes(1))
                    .withFactor(1.5),
            RandomGenerator.getDefault());

    /**
     * How long.
     *
     * @param failures how many times in a row there was no connection, or it was lost: 1 or more
     * @return the time to wait; not negative
     */
    Duration delay(int failures);

    /**
     * Waits that get longer.
     *
     * @param backoff the figures; a service tries without end, whatever its maxRetries
     * @param random makes the jitter
     * @return the policy
     */
    static RetryPolicy of(Backoff backoff, RandomGenerator random) {
        return failures -> backoff.delay(failures, random);
    }
}
