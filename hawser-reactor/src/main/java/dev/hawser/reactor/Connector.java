package dev.hawser.reactor;

/** An attempt to connect, which can be given up, or made again. */
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
