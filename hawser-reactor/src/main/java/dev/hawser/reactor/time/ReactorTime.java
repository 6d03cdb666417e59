package dev.hawser.reactor.time;

import java.time.Duration;

/**
 * What tells the time and makes calls later: a reactor, or in tests a clock that is moved by hand. Twisted calls it {@code IReactorTime}.
 */
public interface ReactorTime {

    /**
     * The time on a clock that never goes back, in nanoseconds from an arbitrary moment, as {@link System#nanoTime}.
     *
     * @return the time
     */
    long nanoTime();

    /**
     * Makes a call when a time has passed: not before, and in the order of their times; those of one time in the order in which they were asked for.
     *
     * @param delay how long to wait; zero: in the next turn
     * @param call what to call, in the reactor's thread
     * @return the call, to be cancelled or moved
     * @throws IllegalArgumentException if the delay is negative
     */
    DelayedCall callLater(Duration delay, Runnable call);
}
