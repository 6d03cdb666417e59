package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a program does with the datagrams of one socket: to be extended. */
public abstract class DatagramProtocol {

    private @Nullable DatagramTransport transport;

    /** For subclasses. */
    protected DatagramProtocol() {}

    /**
     * Gives the protocol its socket, and calls {@link #startProtocol}. For reactors and tests.
     *
     * @param transport the socket
     */
    public void makeConnection(DatagramTransport transport) {
        this.transport = transport;
        startProtocol();
    }

    /**
     * The socket.
     *
     * @return the socket
     * @throws IllegalStateException before {@link #startProtocol}
     */
    public final DatagramTransport transport() {
        DatagramTransport made = transport;
        if (made == null) {
            throw new IllegalStateException("there is no transport before startProtocol()");
        }
        return made;
    }

    /** The socket is there. */
    public void startProtocol() {}

    /**
     * A datagram has come.
     *
     * @param data its bytes, from position to limit, valid during this call
     * @param sender who sent it; null where the sender has no name
     */
    public abstract void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender);

    /** Of a connected socket: nobody received what was sent before. */
    public void connectionRefused() {}

    /** The socket is closed. */
    public void stopProtocol() {}
}
