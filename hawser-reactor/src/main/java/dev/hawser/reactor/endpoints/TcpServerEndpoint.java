package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port: {@code tcp:80}, {@code tcp4:80}, {@code tcp6:80}. Without an interface, {@code tcp} listens with one socket for IPv4 and IPv6, and the two others for
 * one of them, so that they may stand side by side.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #listen} fails with what the kernel says: {@link java.net.BindException}, or that the interface's name has no address.
 *
 * <p>Source: Twisted's {@code TCP4ServerEndpoint} and {@code TCP6ServerEndpoint}; tcp(7), ipv6(7).
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor listens
 * @param family AF_UNSPEC for both, AF_INET or AF_INET6
 * @param port the port; 0: the kernel chooses
 * @param host the address of the interface, or a name of it; null: all of them
 * @param options how
 */
public record TcpServerEndpoint(
        Reactor reactor, int family, int port, @Nullable String host, ListenOptions options) implements ServerEndpoint {

    /**
     * Checks port and family.
     *
     * @throws IllegalArgumentException if one is out of range, or the host's address of another family
     */
    public TcpServerEndpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        if (family != Constants.AF_UNSPEC && family != Constants.AF_INET && family != Constants.AF_INET6) {
            throw new IllegalArgumentException("TCP has AF_INET, AF_INET6, or AF_UNSPEC for both, not " + family);
        }
        Sockaddr literal = host == null ? null : Hosts.literal(host, port);
        if (literal != null && family != Constants.AF_UNSPEC && family != literal.family()) {
            throw new IllegalArgumentException(host + " is no address of " + Hosts.familyName(family) + ": use tcp");
        }
    }

    /**
     * A port on all addresses of this machine, IPv4 and IPv6.
     *
     * @param reactor listens
     * @param port the port; 0: the kernel chooses
     * @return the endpoint
     */
    public static TcpServerEndpoint of(Reactor reactor, int port) {
        return new TcpServerEndpoint(reactor, Constants.AF_UNSPEC, port, null, ListenOptions.DEFAULT);
    }

    /**
     * A port on one address.
     *
     * @param reactor listens
     * @param host the address, or a name of it
     * @param port the port; 0: the kernel chooses
     * @return the endpoint
     */
    public static TcpServerEndpoint of(Reactor reactor, String host, int port) {
        return new TcpServerEndpoint(reactor, Constants.AF_UNSPEC, port, host, ListenOptions.DEFAULT);
    }

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        if (host == null) {
            return Deferred.of(() -> listenEverywhere(factory));
        }
        Sockaddr literal = Hosts.literal(host, port);
        if (literal != null) {
            return Deferred.of(() -> listenAt(literal, factory));
        }
        try {
            return reactor.resolve(Hosts.ascii(host), family)
                    .addCallback(found -> listenAt(Hosts.withPort(found.getFirst(), port), factory));
        } catch (RuntimeException e) {
            return Deferred.fail(e);
        }
    }

    private ListeningPort listenAt(Sockaddr address, Factory factory) throws IOException {
        return reactor.listenTcp(address, factory, family == Constants.AF_INET6 ? options.withIpv6Only() : options);
    }

    private ListeningPort listenEverywhere(Factory factory) throws IOException {
        if (family == Constants.AF_INET6) {
            return listenAt(SockaddrIn6.of("::", port), factory);
        }
        return family == Constants.AF_INET
                ? reactor.listenTcp(SockaddrIn.of("0.0.0.0", port), factory, options)
                : reactor.listenTcp(port, factory, options);
    }

    /** The description that {@link Endpoints#server} reads. */
    @Override
    public String toString() {
        String kind = family == Constants.AF_INET ? "tcp4" : family == Constants.AF_INET6 ? "tcp6" : "tcp";
        return new EndpointText(kind)
                .value(port)
                .named("interface", host, null)
                .named("backlog", options.backlog(), ListenOptions.DEFAULT.backlog())
                .named("reusePort", options.reusePort() ? 1 : 0, 0)
                .toString();
    }
}
