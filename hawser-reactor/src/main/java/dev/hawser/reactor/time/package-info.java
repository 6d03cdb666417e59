/**
 * Calls that are made later.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.time.ReactorTime}.
 */
@NullMarked
package dev.hawser.reactor.time;

import org.jspecify.annotations.NullMarked;
