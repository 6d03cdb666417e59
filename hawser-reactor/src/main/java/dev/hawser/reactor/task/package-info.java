/**
 * Work that is repeated, divided, or done elsewhere.
 *
 * <p><b>Start here:</b> {@code LoopingCall}.
 */
@NullMarked
package dev.hawser.reactor.task;

import org.jspecify.annotations.NullMarked;
