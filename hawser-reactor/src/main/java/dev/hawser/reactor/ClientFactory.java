package dev.hawser.reactor;

import java.io.IOException;

/**
 * A factory of clients' protocols: it learns what becomes of its connector.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Errors</h2>
 * Of a connection either {@link #clientConnectionFailed} is told or, once it stood, {@link #clientConnectionLost}, behind the protocol's own {@code connectionLost}.
 *
 * <p>Source: Twisted's {@code ClientFactory}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="client"}
 */
public interface ClientFactory extends Factory {

    /**
     * A connect has begun.
     *
     * @param connector what connects
     */
    default void startedConnecting(Connector connector) {}

    /**
     * No connection came about. The connector may be told to try again.
     *
     * @param connector what tried to connect
     * @param reason why not
     */
    default void clientConnectionFailed(Connector connector, IOException reason) {}

    /**
     * The connection has ended. The connector may be told to connect again.
     *
     * @param connector what had connected
     * @param reason why
     */
    default void clientConnectionLost(Connector connector, ConnectionLost reason) {}
}
