/**
 * Results that come later.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.defer.Deferred}.
 */
@NullMarked
package dev.hawser.reactor.defer;

import org.jspecify.annotations.NullMarked;
