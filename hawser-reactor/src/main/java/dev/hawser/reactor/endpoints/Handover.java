package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first protocol of a connection: gives it to the one that is meant, and tells of that. It is in nobody's way then. */
final class Handover extends Protocol {

    private final Protocol next;
    private final Consumer<Protocol> made;
    private final Consumer<Throwable> failed;

    private Handover(Protocol next, Consumer<Protocol> made, Consumer<Throwable> failed) {
        this.next = next;
        this.made = made;
        this.failed = failed;
    }

    /**
     * Has a factory make a protocol.
     *
     * @param made is told of the protocol when it has its connection
     * @param failed is told why there is none
     * @return null where the factory has made none
     */
    static @Nullable Protocol build(
            Factory factory, @Nullable Sockaddr address, Consumer<Protocol> made, Consumer<Throwable> failed) {
        Protocol built;
        try {
            built = factory.buildProtocol(address);
        } catch (RuntimeException | Error e) {
            failed.accept(e);
            return null;
        }
        if (built == null) {
            failed.accept(new ConnectionLost(
                    ConnectionLost.Reason.DONE, "the factory has refused the connection to " + address, null));
            return null;
        }
        return new Handover(built, made, failed);
    }

    @Override
    public void connectionMade() {
        try {
            transport().setProtocol(next);
        } catch (RuntimeException | Error e) {
            failed.accept(e);
            throw e;
        }
        if (StartTls.within(next).isConnectionMade()) {
            made.accept(next);
        }
    }

    /** Why a connection was lost that was never told of: what its protocol has thrown is a mistake of the program, and no failure of the network. */
    static Throwable cause(ConnectionLost reason) {
        Throwable cause = reason.getCause();
        return cause == null || cause instanceof IOException ? reason : cause;
    }

    /**
     * Of a protocol that was given a connection.
     *
     * @throws ConnectionLost if it has not taken it
     */
    static void requireMade(Protocol protocol) throws ConnectionLost {
        Protocol meant = StartTls.within(protocol);
        if (!meant.isConnectionMade()) {
            throw new ConnectionLost(
                    ConnectionLost.Reason.LOST, meant.getClass().getName() + ".connectionMade has thrown", null);
        }
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        throw new IllegalStateException("the connection has another protocol: " + next);
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        failed.accept(cause(reason));
    }
}
