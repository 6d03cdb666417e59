/**
 * AMP, the asynchronous messaging protocol of Twisted: both sides of a connection call commands of the other, with typed arguments, and answers come in any
 * order. Byte for byte as Twisted speaks it.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.amp.Amp}, the protocol, and {@link dev.hawser.reactor.amp.Command}, what it calls.
 *
 * <p>Source: <a href="https://amp-protocol.net/">the protocol's description</a>, and {@code twisted.protocols.amp}.
 */
@NullMarked
package dev.hawser.reactor.amp;

import org.jspecify.annotations.NullMarked;
