package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many connections of a factory there are at a time. Those beyond are closed, or get a protocol that tells them so.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: {@code twisted.protocols.policies.LimitTotalConnectionsFactory}; other than there, those beyond the limit are not counted.
 */
public final class LimitTotalConnectionsFactory extends WrappingFactory {

    private final int maxConnections;
    private final @Nullable Factory overflow;
    private int connections;

    /**
     * Around a factory.
     *
     * @param wrapped the factory
     * @param maxConnections how many there may be
     * @param overflow makes the protocols of those beyond; null: they are closed
     * @throws IllegalArgumentException if the number is negative
     */
    public LimitTotalConnectionsFactory(Factory wrapped, int maxConnections, @Nullable Factory overflow) {
        super(wrapped);
        if (maxConnections < 0) {
            throw new IllegalArgumentException("0 connections or more, not " + maxConnections);
        }
        this.maxConnections = maxConnections;
        this.overflow = overflow;
    }

    /**
     * How many there are.
     *
     * @return the number, without those beyond the limit
     */
    public int connections() {
        return connections;
    }

    @Override
    protected boolean accepts(@Nullable Sockaddr address) {
        return connections < maxConnections;
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        return overflow == null || accepts(address) ? super.buildProtocol(address) : overflow.buildProtocol(address);
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, new Counter());
    }

    private final class Counter implements ConnectionObserver {

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            connections++;
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            connections--;
        }
    }
}
