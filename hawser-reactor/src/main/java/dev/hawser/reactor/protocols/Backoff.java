package dev.hawser.reactor.protocols;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another attempt to connect.
 *
 * @param initialDelay before the first
 * @param factor how much longer each wait is than the one before
 * @param maxDelay the longest
 * @param jitter the standard deviation of a wait, as a part of it, so that many clients do not come at one time; 0: none
 * @param maxRetries how many attempts in a row; negative: without end
 */
public record Backoff(Duration initialDelay, double factor, Duration maxDelay, double jitter, int maxRetries) {

    /** A second, then each time e times as long, up to an hour, give or take 12 per cent, without end: Twisted's. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), Math.E, Duration.ofHours(1), 0.119626565582, -1);

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if a delay is negative, the factor below 1, or the jitter not from 0 to 1
     */
    public Backoff {
        if (initialDelay.isNegative() || maxDelay.isNegative() || !(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "delays are not negative, a factor is 1 or more and a jitter 0 to 1, not " + initialDelay + ", "
                            + maxDelay + ", " + factor + ", " + jitter);
        }
    }

    /**
     * With other delays.
     *
     * @param initialDelay before the first attempt
     * @param maxDelay the longest
     * @return the policy
     */
    public Backoff withDelays(Duration initialDelay, Duration maxDelay) {
        return new Backoff(initialDelay, factor, maxDelay, jitter, maxRetries);
    }

    /**
     * With another factor.
     *
     * @param factor how much longer each wait is than the one before
     * @return the policy
     */
    public Backoff withFactor(double factor) {
        return new Backoff(initialDelay, factor, maxDelay, jitter, maxRetries);
    }

    /**
     * With another jitter.
     *
     * @param jitter the standard deviation of a wait, as a part of it
     * @return the policy
     */
    public Backoff withJitter(double jitter) {
        return new Backoff(initialDelay, factor, maxDelay, jitter, maxRetries);
    }

    /**
     * With another number of attempts.
     *
     * @param maxRetries how many in a row; negative: without end
     * @return the policy
     */
    public Backoff withMaxRetries(int maxRetries) {
        return new Backoff(initialDelay, factor, maxDelay, jitter, maxRetries);
    }

    /**
     * How long to wait before an attempt.
     *
     * @param attempt which one: 1 is the first after a failure
     * @param random makes the jitter
     * @return the time, from zero to the longest
     * @throws IllegalArgumentException if the number is not positive
     */
    public Duration delay(int attempt, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1, not " + attempt);
        }
        double longest = maxDelay.toNanos();
        double delay = Math.min(initialDelay.toNanos() * Math.pow(factor, attempt - 1), longest);
        double jittered = jitter == 0 ? delay : random.nextGaussian(delay, delay * jitter);
        return Duration.ofNanos((long) Math.clamp(jittered, 0, longest));
    }
}
