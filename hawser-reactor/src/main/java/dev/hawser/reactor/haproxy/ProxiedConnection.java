package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/** A connection whose addresses are those of its header. */
final class ProxiedConnection extends ProtocolWrapper {

    private static final ConnectionObserver NOBODY = new ConnectionObserver() {};

    private final @Nullable ProxyHeader header;

    ProxiedConnection(Protocol wrapped, @Nullable ProxyHeader header) {
        super(wrapped, NOBODY);
        this.header = header;
    }

    @Nullable
    ProxyHeader header() {
        return header;
    }

    @Override
    public @Nullable Sockaddr getPeer() {
        return header != null && header.source() != null ? header.source() : super.getPeer();
    }

    @Override
    public Sockaddr getHost() {
        return header != null && header.destination() != null ? header.destination() : super.getHost();
    }
}
