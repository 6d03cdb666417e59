package dev.hawser.reactor;

/**
 * An attempt to connect, which can be given up, or made again: what becomes of it, its {@link ClientFactory} is told, which shows it in use.
 *
 * <h2>Threading</h2>
 * For the reactor's thread alone; another one gets an {@link IllegalStateException}, and uses {@link Reactor#callFromThread}.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. An attempt ends after {@link ConnectOptions#timeout}.
 *
 * <p>Source: Twisted's {@code IConnector}.
 */
public interface Connector {

    /**
     * Tries (again).
     *
     * @throws IllegalStateException if it is connecting or connected
     */
    void connect();

    /** Gives up: ends the attempt that goes on, or closes the connection as {@link Transport#loseConnection} does. */
    void disconnect();

    /**
     * Ends the attempt that goes on: clientConnectionFailed is called.
     *
     * @throws IllegalStateException if none goes on
     */
    void stopConnecting();

    /**
     * Where it connects to, in words: such as {@code localhost:80}, or the path of a Unix socket.
     *
     * @return the destination
     */
    String getDestination();
}
