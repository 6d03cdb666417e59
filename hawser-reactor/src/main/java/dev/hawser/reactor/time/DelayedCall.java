package dev.hawser.reactor.time;

import java.time.Duration;

/** A call that is to be made later, of {@link ReactorTime#callLater}. */
public interface DelayedCall {

    /**
     * When it is made, as of {@link ReactorTime#nanoTime}.
     *
     * @return the time, in nanoseconds
     */
    long timeNanos();

    /**
     * Takes it back.
     *
     * @throws IllegalStateException if it was made, or taken back already
     */
    void cancel();

    /**
     * Has it made when this time has passed from now on, whatever was asked for before.
     *
     * @param delay how long from now
     * @throws IllegalStateException if it was made or cancelled
     */
    void reset(Duration delay);

    /**
     * Has it made later than it would be.
     *
     * @param more how much later; negative: earlier
     * @throws IllegalStateException if it was made or cancelled
     */
    void delay(Duration more);

    /**
     * Whether it is still to be made.
     *
     * @return false once it was made or cancelled
     */
    boolean isActive();
}
