package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.SockaddrUn;

/**
 * A Unix stream socket to connect to: {@code unix:/run/finger.sock}, {@code unix:@name} for an abstract name.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <p>Source: Twisted's {@code UNIXClientEndpoint}; unix(7).
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor connects
 * @param address where to
 * @param options how
 */
public record UnixClientEndpoint(Reactor reactor, SockaddrUn address, ConnectOptions options)
        implements ClientEndpoint {

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return Connecting.begin(factory, connecting -> reactor.connectUnix(address, connecting, options));
    }

    /** The description that {@link Endpoints#client} reads. */
    @Override
    public String toString() {
        return new EndpointText("unix")
                .value(UnixAddress.write(address))
                .seconds("timeout", options.timeout(), ConnectOptions.DEFAULT.timeout())
                .toString();
    }
}
