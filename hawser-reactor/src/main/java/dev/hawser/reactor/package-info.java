/**
 * The event-driven framework: what Twisted is to Python.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.Protocol}, to be extended; a {@link dev.hawser.reactor.Factory} makes one for each
 * connection; {@link dev.hawser.reactor.Reactor} listens, connects and calls them.
 */
@NullMarked
package dev.hawser.reactor;

import org.jspecify.annotations.NullMarked;
