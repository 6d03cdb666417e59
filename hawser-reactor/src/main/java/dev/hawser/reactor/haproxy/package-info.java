/**
 * The PROXY protocol of HAProxy, versions 1 and 2: what a load balancer says first, so that the server behind it knows who is there.
 *
 * <p><b>Start here:</b> {@link dev.hawser.reactor.haproxy.HaProxyFactory}, around the factory of a server; {@link
 * dev.hawser.reactor.haproxy.HaProxyClientFactory}, around that of a client. {@link dev.hawser.reactor.haproxy.ProxyHeader} is what is said.
 */
@NullMarked
package dev.hawser.reactor.haproxy;

import org.jspecify.annotations.NullMarked;
