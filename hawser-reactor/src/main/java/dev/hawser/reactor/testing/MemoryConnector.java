package dev.hawser.reactor.testing;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MemoryReactor} was told to connect to: the test says what comes of it.
 *
 * <h2>Threading</h2>
 * For the test's thread.
 */
public final class MemoryConnector implements Connector {

    private enum State {
        IDLE,
        CONNECTING,
        CONNECTED
    }

    private final MemoryReactor reactor;
    private final String destination;
    private final ClientFactory factory;
    private final ConnectOptions options;
    private @Nullable ProtocolPair pair;
    private State state = State.IDLE;
    private boolean used;
    private int attempts;

    MemoryConnector(MemoryReactor reactor, String destination, ClientFactory factory, ConnectOptions options) {
        this.reactor = reactor;
        this.destination = destination;
        this.factory = factory;
        this.options = options;
    }

    /**
     * The connection comes about; the pair is pumped by the reactor from now on.
     *
     * @param server the protocol of the other end
     * @return both ends; null where the factory refuses the connection
     * @throws IllegalStateException if no attempt goes on
     */
    public @Nullable ProtocolPair succeed(Protocol server) {
        requireConnecting("succeed");
        Protocol client = factory.buildProtocol(null);
        if (client == null) {
            ended();
            return null;
        }
        state = State.CONNECTED;
        ProtocolPair made = reactor.pair(client, server);
        made.onClientLost(this::lost);
        pair = made;
        return made;
    }

    /**
     * The attempt fails.
     *
     * @param reason why
     * @throws IllegalStateException if none goes on
     */
    public void fail(IOException reason) {
        requireConnecting("fail");
        state = State.IDLE;
        factory.clientConnectionFailed(this, reason);
        endUse();
    }

    private void lost(ConnectionLost reason) {
        state = State.IDLE;
        factory.clientConnectionLost(this, reason);
        endUse();
    }

    private void ended() {
        state = State.IDLE;
        endUse();
    }

    /** Unless the factory has had it connect again. */
    private void endUse() {
        if (state == State.IDLE && used) {
            used = false;
            factory.doStop();
        }
    }

    private void requireConnecting(String operation) {
        if (state != State.CONNECTING) {
            throw new IllegalStateException(operation + ": no attempt goes on to connect to " + destination);
        }
    }

    /**
     * How many times it has tried.
     *
     * @return 1 for the first attempt
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Whether an attempt goes on.
     *
     * @return true until the test says what comes of it
     */
    public boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /**
     * How it connects.
     *
     * @return the options
     */
    public ConnectOptions options() {
        return options;
    }

    @Override
    public void connect() {
        if (state != State.IDLE) {
            throw new IllegalStateException("it is connecting or connected already, to " + destination);
        }
        state = State.CONNECTING;
        attempts++;
        if (!used) {
            used = true;
            factory.doStart();
        }
        factory.startedConnecting(this);
    }

    @Override
    public void disconnect() {
        ProtocolPair connected = pair;
        if (state == State.CONNECTING) {
            stopConnecting();
        } else if (state == State.CONNECTED && connected != null) {
            connected.clientTransport().loseConnection();
        }
    }

    @Override
    public void stopConnecting() {
        requireConnecting("stopConnecting");
        fail(new ConnectException("the attempt to connect to " + destination + " was given up"));
    }

    @Override
    public String getDestination() {
        return destination;
    }
}
