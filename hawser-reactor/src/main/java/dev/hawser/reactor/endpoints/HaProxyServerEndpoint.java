package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.haproxy.HaProxyFactory;

/**
 * An endpoint whose connections come through a proxy that says, with a PROXY header, who is at their other end: {@code haproxy:tcp:8080}. In {@code haproxy:tls:...} the
 * header comes first, and TLS behind it, as proxies send it.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * As those of the endpoint under it. A connection without a header is the end of that one alone.
 *
 * <p>Source: Twisted's {@code haproxy} endpoint; HAProxy's {@code doc/proxy-protocol.txt}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="haproxy"}
 *
 * @param under takes the connections
 */
public record HaProxyServerEndpoint(ServerEndpoint under) implements ServerEndpoint {

    /** The header, and then what the endpoint has above its connections. */
    static ServerEndpoint around(ServerEndpoint endpoint) {
        return endpoint instanceof TlsServerEndpoint tls
                ? tls.on(around(tls.under()), "haproxy:" + tls)
                : new HaProxyServerEndpoint(endpoint);
    }

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return under.listen(new HaProxyFactory(factory));
    }

    /** The description that {@link Endpoints#server} reads. */
    @Override
    public String toString() {
        return "haproxy:" + under;
    }
}
