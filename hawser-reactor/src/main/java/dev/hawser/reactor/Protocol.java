package dev.hawser.reactor;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a program does with one connection: to be extended. The reactor calls its methods, one at a time, in the reactor's thread.
 *
 * <p>{@link #connectionMade} comes first, then {@link #dataReceived} for whatever has come, then {@link #connectionLost} once, last of all.
 * What a method throws loses this connection, is reported, and harms no other.
 *
 * <h2>Threading</h2>
 * In the reactor's thread, so that a protocol needs no locks; what another thread has for it goes by {@link Reactor#callFromThread}:
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="threads"}
 *
 * <h2>Blocking and timeouts</h2>
 * No method may wait: all other connections of the reactor would. There is no timeout unless a protocol sets one, see {@link
 * dev.hawser.reactor.time.ReactorTime#callLater}.
 *
 * <h2>Errors</h2>
 * {@link #connectionLost} has the reason of the end. What it throws itself is reported.
 *
 * <p>Source: Twisted's {@code IProtocol} and {@code IHalfCloseableProtocol}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="protocol"}
 */
public abstract class Protocol {

    private @Nullable Transport transport;
    private boolean connectionMade;

    /** For subclasses. */
    protected Protocol() {}

    /**
     * Gives the protocol its connection, and calls {@link #connectionMade}. For reactors, wrappers and tests.
     *
     * @param transport the connection
     */
    public void makeConnection(Transport transport) {
        this.transport = transport;
        connectionMade = false;
        connectionMade();
        connectionMade = true;
    }

    /**
     * Whether the protocol has taken its connection: for whoever has given it one by {@link Transport#setProtocol}, which does not tell.
     *
     * @return false before {@link #connectionMade} has returned, and where it has thrown, which loses the connection
     */
    public final boolean isConnectionMade() {
        return connectionMade;
    }

    /**
     * Puts a layer under a protocol that has its connection, without a word to it: what it writes goes to the layer from now on, and it is the layer that
     * calls it. For what transforms a stream in the middle, as {@link Transport#startTls} does.
     *
     * @param layer the transport from now on
     * @throws IllegalStateException before {@link #connectionMade}
     */
    public final void replaceTransport(Transport layer) {
        transport();
        transport = Objects.requireNonNull(layer);
    }

    /**
     * The connection.
     *
     * @return the connection, also after it was lost
     * @throws IllegalStateException before {@link #connectionMade}
     */
    public final Transport transport() {
        Transport made = transport;
        if (made == null) {
            throw new IllegalStateException("there is no transport before connectionMade()");
        }
        return made;
    }

    /** There is a connection. */
    public void connectionMade() {}

    /**
     * Bytes have come: as many as one receive returned, whatever the peer wrote at a time.
     *
     * @param data the bytes, from position to limit, in the loop's own buffer: valid during this call; copy what is to be kept
     */
    public abstract void dataReceived(ByteBuffer data);

    /**
     * The peer will send no more; what is written still reaches it. Unless it is overridden, the connection is closed when all that was written
     * has gone, and the producer that is registered has ended.
     */
    public void readConnectionLost() {
        transport().loseConnection();
    }

    /** Nothing more can be written: {@link Transport#loseWriteConnection} is done. */
    public void writeConnectionLost() {}

    /**
     * The connection has ended: called once, after all data.
     *
     * @param reason why
     */
    public void connectionLost(ConnectionLost reason) {
        Objects.requireNonNull(reason);
    }
}
