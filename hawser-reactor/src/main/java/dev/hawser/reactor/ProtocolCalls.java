package dev.hawser.reactor;

import java.nio.ByteBuffer;

/** The calls of a connection's protocol. What the protocol throws loses its connection, and harms nobody else. */
final class ProtocolCalls {

    private final ProtocolSlot slot;
    private final WriteFlow.Owner connection;
    private final StreamState state;

    ProtocolCalls(Protocol first, WriteFlow.Owner connection, StreamState state) {
        this.slot = new ProtocolSlot(first, state::mayReceive);
        this.connection = connection;
        this.state = state;
    }

    Protocol get() {
        return slot.get();
    }

    /** Whose fault it is: the innermost protocol's, mostly, where there are layers. */
    String name() {
        Protocol innermost = slot.get();
        while (innermost instanceof Transport layer) {
            innermost = layer.protocol();
        }
        return innermost.getClass().getName();
    }

    void set(Protocol next, Transport transport) {
        try {
            slot.set(next, transport);
        } catch (Throwable e) {
            connection.failed("connectionMade", e);
        }
    }

    void replace(Protocol next, Transport transport) {
        if (state.lost) {
            throw new IllegalStateException("the connection has ended: it takes no other protocol");
        }
        set(next, transport);
        connection.flushLater();
    }

    void dataReceived(ByteBuffer data) {
        try {
            slot.dataReceived(data);
        } catch (Throwable e) {
            connection.failed("dataReceived", e);
        }
    }

    void tellRest() {
        if (slot.hasRest()) {
            try {
                slot.tellRest();
            } catch (Throwable e) {
                connection.failed("dataReceived", e);
            }
        }
    }

    void readConnectionLost() {
        try {
            slot.get().readConnectionLost();
        } catch (Throwable e) {
            connection.failed("readConnectionLost", e);
        }
    }

    void writeConnectionLost() {
        try {
            slot.get().writeConnectionLost();
        } catch (Throwable e) {
            connection.failed("writeConnectionLost", e);
        }
    }

    void connectionLost(ConnectionLost reason, LoopReactor where) {
        try {
            slot.get().connectionLost(reason);
        } catch (Throwable e) {
            where.report(name() + ".connectionLost has thrown", e);
        }
    }
}
