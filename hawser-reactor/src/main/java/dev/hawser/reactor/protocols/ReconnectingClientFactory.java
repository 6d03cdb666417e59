package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.time.DelayedCall;
import dev.hawser.reactor.time.ReactorTime;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Connects again when a connection did not come about, or was lost, after a time that gets longer with each attempt. A protocol calls
 * {@link #resetDelay} once the server does what is expected of it: a connection alone is no success.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="reconnecting"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits.
 *
 * <h2>Errors</h2>
 * None: what became of an attempt is told to the wrapped factory, if it is a {@link ClientFactory}, before the next wait begins.
 *
 * <p>Source: {@code twisted.internet.protocol.ReconnectingClientFactory}; other than there, the first wait is the initial delay itself, and a wait's
 * jitter is not part of the next one's length.
 */
public class ReconnectingClientFactory implements ClientFactory {

    private final ReactorTime clock;
    private final Factory wrapped;
    private final Backoff backoff;
    private final RandomGenerator random;

    private int retries;
    private boolean trying = true;
    private @Nullable DelayedCall waiting;
    private @Nullable Connector connector;

    /**
     * As Twisted's.
     *
     * @param clock tells the time: the reactor
     * @param wrapped makes the protocols
     */
    public ReconnectingClientFactory(ReactorTime clock, Factory wrapped) {
        this(clock, wrapped, Backoff.DEFAULT, RandomGenerator.getDefault());
    }

    /**
     * With a policy of one's own.
     *
     * @param clock tells the time: the reactor
     * @param wrapped makes the protocols
     * @param backoff how long to wait
     * @param random makes the jitter
     */
    public ReconnectingClientFactory(ReactorTime clock, Factory wrapped, Backoff backoff, RandomGenerator random) {
        this.clock = clock;
        this.wrapped = wrapped;
        this.backoff = backoff;
        this.random = random;
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        return wrapped.buildProtocol(address);
    }

    @Override
    public void doStart() {
        wrapped.doStart();
    }

    @Override
    public void doStop() {
        wrapped.doStop();
    }

    @Override
    public void startedConnecting(Connector connector) {
        this.connector = connector;
        if (wrapped instanceof ClientFactory client) {
            client.startedConnecting(connector);
        }
    }

    @Override
    public void clientConnectionFailed(Connector connector, IOException reason) {
        if (wrapped instanceof ClientFactory client) {
            client.clientConnectionFailed(connector, reason);
        }
        retry(connector);
    }

    @Override
    public void clientConnectionLost(Connector connector, ConnectionLost reason) {
        if (wrapped instanceof ClientFactory client) {
            client.clientConnectionLost(connector, reason);
        }
        retry(connector);
    }

    /** How many attempts were made since the first connect, or {@link #resetDelay}.
     *
     * @return the number
     */
    public int retries() {
        return retries;
    }

    /** All is well: the next wait is the first again. */
    public void resetDelay() {
        retries = 0;
        trying = true;
    }

    /** Connects no more: ends the wait, or the attempt that goes on. A connection that stands is not closed. */
    public void stopTrying() {
        trying = false;
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
        if (connector != null) {
            try {
                connector.stopConnecting();
            } catch (IllegalStateException none) {
                // It is connected, or between two attempts.
            }
        }
    }

    private void retry(Connector failed) {
        connector = failed;
        boolean spent = backoff.maxRetries() >= 0 && retries >= backoff.maxRetries();
        if (!trying || spent || waiting != null) {
            return;
        }
        retries++;
        waiting = clock.callLater(backoff.delay(retries, random), () -> {
            waiting = null;
            failed.connect();
        });
    }
}
