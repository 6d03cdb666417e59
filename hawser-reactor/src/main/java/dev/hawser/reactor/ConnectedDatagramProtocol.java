package dev.hawser.reactor;

import java.io.IOException;

/** A protocol of datagrams to and from one peer. */
public abstract class ConnectedDatagramProtocol extends DatagramProtocol {

    /** For subclasses. */
    protected ConnectedDatagramProtocol() {}

    /**
     * The socket could not be connected.
     *
     * @param reason why not
     */
    public void connectionFailed(IOException reason) {}
}
