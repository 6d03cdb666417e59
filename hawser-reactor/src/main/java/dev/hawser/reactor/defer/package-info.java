/**
 * Results that come later.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.defer.Deferred}. Several at once: {@link dev.hawser.reactor.defer.DeferredList}; turns, tokens and items
 * that are waited for: {@link dev.hawser.reactor.defer.DeferredLock}, {@link dev.hawser.reactor.defer.DeferredSemaphore}, {@link
 * dev.hawser.reactor.defer.DeferredQueue}.
 *
 * <p>There are two styles, on the same objects. In the reactor's thread a step is a callback, and a failure goes to the next errback. On a virtual
 * thread a step is a line: {@code await} returns the result or throws the failure, and nothing else of the program needs to know which of the two called it.
 *
 * <p>A failure is an exception with its stack, to which {@code await} adds that of whoever waited. One that nobody takes is reported when its deferred is
 * collected.
 */
@NullMarked
package dev.hawser.reactor.defer;

import org.jspecify.annotations.NullMarked;
