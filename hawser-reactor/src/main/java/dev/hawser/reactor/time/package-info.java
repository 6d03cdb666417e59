/**
 * Calls that are made later.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.time.ReactorTime}, which a reactor is, and in tests a clock that is moved by hand. Both keep their
 * calls in a {@link dev.hawser.reactor.time.TimerQueue}: a heap in which the next call is always first, so that a turn of a loop looks at one
 * timer, however many there are; a call that is cancelled leaves it at once.
 */
@NullMarked
package dev.hawser.reactor.time;

import org.jspecify.annotations.NullMarked;
