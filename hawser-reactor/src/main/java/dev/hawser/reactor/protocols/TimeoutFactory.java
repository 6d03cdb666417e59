package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which nothing was received or written for a time, and those that have lasted too long. What was written before is still sent, for a
 * second at most; then the connection is aborted. Its protocol is told {@link dev.hawser.reactor.ConnectionLost.Reason#TIMED_OUT}.
 *
 * <p>A peer that still takes what was written for it is not idle.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: {@code twisted.protocols.policies.TimeoutFactory}; other than there, a peer that does not read cannot hold the connection open.
 */
public final class TimeoutFactory extends WrappingFactory {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ReactorTime clock;
    private final @Nullable Duration idle;
    private final @Nullable Duration overall;

    /**
     * Around a factory.
     *
     * @param clock tells the time: the reactor
     * @param wrapped the factory
     * @param idle how long nothing may happen; null: for ever
     * @param overall how long a connection may last; null: for ever
     */
    public TimeoutFactory(ReactorTime clock, Factory wrapped, @Nullable Duration idle, @Nullable Duration overall) {
        super(wrapped);
        this.clock = clock;
        this.idle = idle;
        this.overall = overall;
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, new Watch());
    }

    private final class Watch implements ConnectionObserver {

        private final IdleTimeout idleness = new IdleTimeout(clock, this::idle);
        private final IdleTimeout lifetime = new IdleTimeout(clock, () -> end("it has lasted " + overall));
        private final IdleTimeout grace = new IdleTimeout(clock, this::abort);

        private @Nullable ProtocolWrapper connection;
        private long bufferedBefore = Long.MAX_VALUE;

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            this.connection = connection;
            idleness.setTimeout(idle);
            lifetime.setTimeout(overall);
        }

        @Override
        public void dataReceived(ProtocolWrapper connection, ByteBuffer data) {
            idleness.resetTimeout();
        }

        @Override
        public void dataWritten(ProtocolWrapper connection, ByteBuffer data) {
            idleness.resetTimeout();
        }

        @Override
        public void fileWritten(ProtocolWrapper connection, long count) {
            idleness.resetTimeout();
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            idleness.setTimeout(null);
            lifetime.setTimeout(null);
            grace.setTimeout(null);
        }

        private void idle() {
            long buffered = connection == null ? 0 : connection.bufferedBytes();
            boolean isTaken = buffered > 0 && buffered < bufferedBefore;
            bufferedBefore = buffered;
            if (isTaken) {
                idleness.setTimeout(idle);
            } else {
                end("it was idle for " + idle);
            }
        }

        private void end(String why) {
            if (connection != null) {
                connection.timedOut(why);
                connection.loseConnection();
                grace.setTimeout(GRACE);
            }
        }

        private void abort() {
            if (connection != null) {
                connection.abortConnection();
            }
        }
    }
}
