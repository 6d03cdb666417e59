/**
 * Work that is repeated, divided, or done elsewhere.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.task.Task}; {@link dev.hawser.reactor.task.LoopingCall} repeats, {@link dev.hawser.reactor.task.Cooperator} divides.
 */
@NullMarked
package dev.hawser.reactor.task;

import org.jspecify.annotations.NullMarked;
