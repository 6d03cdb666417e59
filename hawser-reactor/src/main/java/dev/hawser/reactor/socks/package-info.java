/**
 * SOCKS, versions 4, 4a and 5: a proxy for connections of all kinds, and the way through one.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.socks.SocksFactory}, a proxy; {@link dev.hawser.reactor.socks.SocksClientEndpoint}, to connect through one.
 */
@NullMarked
package dev.hawser.reactor.socks;

import org.jspecify.annotations.NullMarked;
