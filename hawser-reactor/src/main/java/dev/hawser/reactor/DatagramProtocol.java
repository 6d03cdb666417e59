package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a program does with the datagrams of one socket: to be extended. The reactor calls its methods, one at a time, in the reactor's thread. What
 * one of them throws is reported, and the socket lives on: the next datagram has nothing to do with the one before.
 *
 * <p>Source: Twisted's {@code DatagramProtocol}.
 *
 * {@snippet file="dev/hawser/reactor/ReactorSnippetsTest.java" region="datagram"}
 */
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
     * A datagram has come. It may be empty; one that was longer than {@link DatagramOptions#maxPacketSize} is cut.
     *
     * @param data its bytes, from position to limit, in the loop's own memory: valid during this call; copy what is to be kept
     * @param sender who sent it; null where the sender has no name
     */
    public abstract void datagramReceived(ByteBuffer data, @Nullable Sockaddr sender);

    /**
     * Of a connected socket: nobody received what was sent before. A UDP socket may be written to as before; a Unix socket, whose peer has closed, has
     * to be connected again.
     */
    public void connectionRefused() {}

    /** The socket is closed: called once, last of all. */
    public void stopProtocol() {}
}
