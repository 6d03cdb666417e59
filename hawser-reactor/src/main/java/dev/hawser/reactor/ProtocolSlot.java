package dev.hawser.reactor;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of a protocol in a transport, for those who write transports: whoever is in it is told of what comes. Where a protocol gives its place to
 * another one in the middle of what has come, the rest is for that one; if it wants nothing yet, the rest is kept until it does.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 *
 * <h2>Errors</h2>
 * What a protocol throws is thrown on, for the transport to end the connection.
 */
public final class ProtocolSlot {

    private final BooleanSupplier mayReceive;
    private Protocol protocol;

    /** What a protocol has left to the next one, which wants nothing for now. */
    private @Nullable ByteBuffer rest;

    /**
     * With a protocol in it.
     *
     * @param first the first protocol
     * @param mayReceive whether the protocol is to be told of bytes now: that it has not paused, and that the connection stands
     */
    public ProtocolSlot(Protocol first, BooleanSupplier mayReceive) {
        this.protocol = first;
        this.mayReceive = mayReceive;
    }

    /**
     * Who is told.
     *
     * @return the protocol
     */
    public Protocol get() {
        return protocol;
    }

    /**
     * Gives the place to another protocol, which gets its transport by {@link Protocol#makeConnection}.
     *
     * @param next the protocol
     * @param transport the transport
     */
    public void set(Protocol next, Transport transport) {
        protocol = next;
        next.makeConnection(transport);
    }

    /**
     * Tells the protocol that bytes have come.
     *
     * @param data the bytes; what a protocol leaves that has given its place away goes to the next one
     */
    @SuppressWarnings("ReferenceEquality") // it is a matter of who has the place
    public void dataReceived(ByteBuffer data) {
        ByteBuffer before = rest;
        if (before != null) {
            rest = null;
            dataReceived(ByteBuffer.allocate(before.remaining() + data.remaining())
                    .put(before)
                    .put(data)
                    .flip());
            return;
        }
        Protocol told = protocol;
        told.dataReceived(data);
        while (told != protocol && data.hasRemaining()) {
            if (!mayReceive.getAsBoolean()) {
                rest = ByteBuffer.allocate(data.remaining()).put(data).flip();
                return;
            }
            told = protocol;
            told.dataReceived(data);
        }
    }

    /**
     * Whether there is something left that {@link #tellRest} would tell now.
     *
     * @return true if it must be called
     */
    public boolean hasRest() {
        return rest != null && mayReceive.getAsBoolean();
    }

    /** Tells the protocol of what another one has left. */
    public void tellRest() {
        ByteBuffer left = rest;
        if (left != null && mayReceive.getAsBoolean()) {
            rest = null;
            dataReceived(left);
        }
    }
}
