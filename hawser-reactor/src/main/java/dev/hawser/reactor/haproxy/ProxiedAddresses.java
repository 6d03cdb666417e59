package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/** The addresses of a connection are those of its header, where they stand there. */
record ProxiedAddresses(@Nullable ProxyHeader header) implements ConnectionObserver {

    @Override
    public @Nullable Sockaddr peer(ProtocolWrapper connection) {
        return header != null && header.source() != null
                ? header.source()
                : connection.transport().getPeer();
    }

    @Override
    public Sockaddr host(ProtocolWrapper connection) {
        Sockaddr told = header == null ? null : header.destination();
        return told != null ? told : connection.transport().getHost();
    }
}
