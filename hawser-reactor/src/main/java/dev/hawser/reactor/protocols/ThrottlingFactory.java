package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many bytes per second are read, and written, over all connections of a factory together. A second's worth may pass at once; beyond it, all
 * connections are paused for as long as the excess should have taken.
 *
 * <p>Writing is held up at the producers; a connection without one is not read from, so that it has nothing to answer.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: {@code twisted.protocols.policies.ThrottlingFactory}; other than there, the limit holds from the first second on, and the number of connections is
 * limited by {@link LimitTotalConnectionsFactory}.
 */
public final class ThrottlingFactory extends WrappingFactory {

    private final Set<ProtocolWrapper> connections = new LinkedHashSet<>();
    private final Throttle reads;
    private final Throttle writes;

    /**
     * Around a factory.
     *
     * @param clock tells the time: the reactor
     * @param wrapped the factory
     * @param readBytesPerSecond how much may be read; 0: no limit
     * @param writeBytesPerSecond how much may be written; 0: no limit
     * @throws IllegalArgumentException if a limit is negative
     */
    public ThrottlingFactory(ReactorTime clock, Factory wrapped, long readBytesPerSecond, long writeBytesPerSecond) {
        super(wrapped);
        reads = new Throttle(clock, readBytesPerSecond, this::applyReads);
        writes = new Throttle(clock, writeBytesPerSecond, this::applyWrites);
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, new Counter());
    }

    // Each in a list of its own: what is resumed may write, hold all of them up again, or end.

    private void applyReads() {
        List.copyOf(connections).forEach(connection -> connection.holdReading(reads.isHeld()));
    }

    private void applyWrites() {
        List.copyOf(connections).forEach(connection -> connection.holdWriting(writes.isHeld()));
    }

    private final class Counter implements ConnectionObserver {

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            connections.add(connection);
            connection.holdReading(reads.isHeld());
            connection.holdWriting(writes.isHeld());
        }

        @Override
        public void dataReceived(ProtocolWrapper connection, ByteBuffer data) {
            reads.passed(data.remaining());
        }

        @Override
        public void dataWritten(ProtocolWrapper connection, ByteBuffer data) {
            writes.passed(data.remaining());
        }

        @Override
        public void fileWritten(ProtocolWrapper connection, long count) {
            writes.passed(count);
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            connections.remove(connection);
            if (connections.isEmpty()) {
                reads.cancel();
                writes.cancel();
            }
        }
    }
}
