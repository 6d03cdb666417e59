package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;

/**
 * A TCP port to connect to: {@code tcp:localhost:80}. The addresses of the host are tried one after the other; {@link HostnameEndpoint} does not wait so long
 * for one that does not answer.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #connect} fails with what the look-up or the kernel says: {@link java.net.UnknownHostException}, {@link java.net.ConnectException}, or with a
 * {@link dev.hawser.reactor.ConnectionLost} after the timeout.
 *
 * <p>Source: Twisted's {@code TCP4ClientEndpoint} and {@code TCP6ClientEndpoint}; tcp(7).
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor connects
 * @param host a name or an address
 * @param port the port
 * @param options how
 */
public record TcpClientEndpoint(Reactor reactor, String host, int port, ConnectOptions options)
        implements ClientEndpoint {

    /**
     * A port of a host, with a timeout of 30 seconds.
     *
     * @param reactor connects
     * @param host a name or an address
     * @param port the port
     * @return the endpoint
     */
    public static TcpClientEndpoint of(Reactor reactor, String host, int port) {
        return new TcpClientEndpoint(reactor, host, port, ConnectOptions.DEFAULT);
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return Connecting.begin(
                factory, connecting -> reactor.connectTcp(Hosts.ascii(host), port, connecting, options));
    }

    /** The description that {@link Endpoints#client} reads. */
    @Override
    public String toString() {
        return new EndpointText("tcp")
                .value(host)
                .value(port)
                .seconds("timeout", options.timeout(), ConnectOptions.DEFAULT.timeout())
                .named("bindAddress", BindAddress.write(options.bindAddress()), null)
                .toString();
    }
}
