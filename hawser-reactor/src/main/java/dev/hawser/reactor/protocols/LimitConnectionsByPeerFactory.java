package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many connections of a factory one IP address has at a time. Those beyond are closed. Peers without an IP address are not limited.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: {@code twisted.protocols.policies.LimitConnectionsByPeer}.
 */
public final class LimitConnectionsByPeerFactory extends WrappingFactory {

    private final int maxConnectionsPerPeer;
    private final Map<Object, Integer> connections = new HashMap<>();

    /**
     * Around a factory.
     *
     * @param wrapped the factory
     * @param maxConnectionsPerPeer how many each address may have
     * @throws IllegalArgumentException if the number is negative
     */
    public LimitConnectionsByPeerFactory(Factory wrapped, int maxConnectionsPerPeer) {
        super(wrapped);
        if (maxConnectionsPerPeer < 0) {
            throw new IllegalArgumentException("0 connections or more, not " + maxConnectionsPerPeer);
        }
        this.maxConnectionsPerPeer = maxConnectionsPerPeer;
    }

    /**
     * How many connections an address has.
     *
     * @param peer an address of any port
     * @return the number
     */
    public int connectionsOf(Sockaddr peer) {
        Object host = hostOf(peer);
        return host == null ? 0 : connections.getOrDefault(host, 0);
    }

    @Override
    protected boolean accepts(@Nullable Sockaddr address) {
        return hostOf(address) == null || address == null || connectionsOf(address) < maxConnectionsPerPeer;
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, new Counter(hostOf(address)));
    }

    /** An IPv4 address is the same however it came. */
    private static @Nullable Object hostOf(@Nullable Sockaddr address) {
        return switch (address) {
            case SockaddrIn in -> in.address();
            case SockaddrIn6 in6 ->
                in6.unmapped() instanceof SockaddrIn in ? (Object) in.address() : List.of(in6.high(), in6.low());
            case null, default -> null;
        };
    }

    private final class Counter implements ConnectionObserver {

        private final @Nullable Object host;

        Counter(@Nullable Object host) {
            this.host = host;
        }

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            if (host != null) {
                connections.merge(host, 1, Integer::sum);
            }
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            if (host != null) {
                connections.computeIfPresent(host, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
