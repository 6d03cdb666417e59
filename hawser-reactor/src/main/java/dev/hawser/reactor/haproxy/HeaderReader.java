package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.protocols.IdleTimeout;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a connection has before its header has come. */
final class HeaderReader extends Protocol {

    private final HaProxyFactory factory;
    private final ProxyHeaderDecoder decoder;

    /** What is no header belongs to the protocol. */
    private final boolean isOptional;

    private @Nullable IdleTimeout limit;

    HeaderReader(HaProxyFactory factory, ProxyHeaderDecoder decoder, boolean isOptional) {
        this.factory = factory;
        this.decoder = decoder;
        this.isOptional = isOptional;
    }

    @Override
    public void connectionMade() {
        limit = new IdleTimeout(transport().reactor(), this::timeIsUp);
        limit.setTimeout(factory.timeout());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        ProxyHeader header;
        try {
            header = decoder.decode(data);
        } catch (ProxyHeaderException e) {
            if (isOptional) {
                beginWithout(data);
            } else {
                data.position(data.limit());
                transport().loseConnection();
                refuse(e);
            }
            return;
        }
        if (header != null) {
            begin(header);
        }
    }

    /** The protocol has the connection, with what is left in the buffer. */
    private @Nullable ProtocolWrapper begin(@Nullable ProxyHeader header) {
        endLimit();
        ProtocolWrapper next = factory.connection(header, transport());
        if (next == null) {
            transport().loseConnection();
        } else {
            transport().setProtocol(next);
        }
        return next;
    }

    /** What was taken for the beginning of a header is the protocol's after all. */
    private @Nullable ProtocolWrapper beginWithout(ByteBuffer data) {
        byte[] taken = decoder.taken();
        ByteBuffer all = ByteBuffer.allocate(taken.length + data.remaining())
                .put(taken)
                .put(data)
                .flip();
        ProtocolWrapper next = begin(null);
        if (next != null && all.hasRemaining()) {
            next.dataReceived(all);
        }
        return next;
    }

    private void refuse(ProxyHeaderException reason) {
        endLimit();
        factory.refuse(transport().getPeer(), reason);
    }

    private void endLimit() {
        if (limit != null) {
            limit.setTimeout(null);
        }
    }

    private void timeIsUp() {
        if (isOptional) {
            beginWithout(ByteBuffer.allocate(0));
        } else {
            transport().abortConnection();
            refuse(new ProxyHeaderException("no header has come within " + factory.timeout()));
        }
    }

    @Override
    public void readConnectionLost() {
        ProtocolWrapper next = isOptional ? beginWithout(ByteBuffer.allocate(0)) : null;
        if (next != null) {
            next.readConnectionLost();
        } else {
            transport().loseConnection();
        }
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        endLimit();
    }
}
