package dev.hawser.reactor;

import java.io.IOException;

/**
 * A protocol of datagrams to and from one peer, for {@link Reactor#connectUdp} and {@link Reactor#connectUnixDatagram}: either
 * {@link #startProtocol} or {@link #connectionFailed} is called, and after the first, {@link #stopProtocol} in the end.
 */
public abstract class ConnectedDatagramProtocol extends DatagramProtocol {

    /** For subclasses. */
    protected ConnectedDatagramProtocol() {}

    /**
     * The socket could not be connected: the host is not known, or there is no route to it; no Unix socket has the name.
     *
     * @param reason why not
     */
    public void connectionFailed(IOException reason) {}
}
