package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Is told what goes on at a connection, before it goes on: what a policy does with it. See {@link ProtocolWrapper}.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 */
public interface ConnectionObserver {

    /**
     * There is a connection; its protocol does not know yet.
     *
     * @param connection the connection
     */
    default void connectionMade(ProtocolWrapper connection) {}

    /**
     * Bytes have come.
     *
     * @param connection the connection
     * @param data the bytes, to be read by index alone: position and limit are the protocol's
     */
    default void dataReceived(ProtocolWrapper connection, ByteBuffer data) {}

    /**
     * Bytes are written.
     *
     * @param connection the connection
     * @param data the bytes, to be read by index alone: position and limit are the transport's
     */
    default void dataWritten(ProtocolWrapper connection, ByteBuffer data) {}

    /**
     * A part of a file is written.
     *
     * @param connection the connection
     * @param count how many bytes
     */
    default void fileWritten(ProtocolWrapper connection, long count) {}

    /**
     * The protocol closes the connection.
     *
     * @param connection the connection
     */
    default void losingConnection(ProtocolWrapper connection) {}

    /**
     * The connection has ended; its protocol does not know yet.
     *
     * @param connection the connection
     * @param reason why
     */
    default void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {}

    /**
     * The connection has ended, and its protocol knows.
     *
     * @param connection the connection
     * @param reason why
     */
    default void connectionEnded(ProtocolWrapper connection, ConnectionLost reason) {}

    /**
     * Whom the protocol is told that it talks to.
     *
     * @param connection the connection
     * @return the peer's address; null where it has none
     */
    default @Nullable Sockaddr peer(ProtocolWrapper connection) {
        return connection.transport().getPeer();
    }

    /**
     * Which address the protocol is told to be this side's.
     *
     * @param connection the connection
     * @return the address
     */
    default Sockaddr host(ProtocolWrapper connection) {
        return connection.transport().getHost();
    }
}
