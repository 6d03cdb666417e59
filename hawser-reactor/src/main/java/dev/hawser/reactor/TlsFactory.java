package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A factory around a factory: its protocols speak TLS from the first byte on, whatever the connection is made of. {@link Reactor#listenTls} and {@link
 * Reactor#connectTls} have it for TCP; over it lies a second layer where its protocols' connection speaks TLS already.
 *
 * {@snippet file="dev/hawser/reactor/TlsReactorTest.java" region="tls"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Errors</h2>
 * A handshake that fails is told by {@link Protocol#connectionLost}, with an {@link javax.net.ssl.SSLException} as the cause.
 *
 * <p>Source: {@code twisted.protocols.tls.TLSMemoryBIOFactory}.
 */
public final class TlsFactory implements ClientFactory {

    private final Factory wrapped;
    private final @Nullable String serverHostName;
    private final Supplier<TlsContext> context;
    private final HandshakeLimits limits;

    private TlsFactory(
            Factory wrapped, @Nullable String serverHostName, Supplier<TlsContext> context, HandshakeLimits limits) {
        this.wrapped = wrapped;
        this.serverHostName = serverHostName;
        this.context = context;
        this.limits = limits;
    }

    /**
     * For servers.
     *
     * @param wrapped makes the protocols
     * @param context who this side is: asked for each connection, so that a {@link dev.hawser.tls.ReloadingTlsContext} has its effect
     * @return the factory
     */
    public static TlsFactory forServer(Factory wrapped, Supplier<TlsContext> context) {
        return new TlsFactory(wrapped, null, context, HandshakeLimits.DEFAULT);
    }

    /**
     * For clients.
     *
     * @param wrapped makes the protocols
     * @param context whom to trust
     * @param serverHostName the name that the server's certificate must have, and that the server is told (SNI)
     * @return the factory
     */
    public static TlsFactory forClient(Factory wrapped, TlsContext context, String serverHostName) {
        return new TlsFactory(wrapped, serverHostName, () -> context, HandshakeLimits.DEFAULT);
    }

    /**
     * The same with other limits of the handshake, which are 10 seconds and 256 KiB.
     *
     * @param timeout how long it may take
     * @param bytes how much the peer may send before it is done
     * @return a factory
     * @throws IllegalArgumentException if one of them is not positive
     */
    public TlsFactory withHandshakeLimits(Duration timeout, long bytes) {
        return new TlsFactory(wrapped, serverHostName, context, new HandshakeLimits(timeout, bytes));
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        Protocol protocol = wrapped.buildProtocol(address);
        return protocol == null
                ? null
                : new TlsLayer(engine(context.get(), serverHostName, address), protocol, limits, false);
    }

    /** One end; a client remembers its sessions by host and port. */
    static TlsEngine engine(TlsContext context, @Nullable String serverHostName, @Nullable Sockaddr peer) {
        if (serverHostName == null) {
            return context.server();
        }
        return context.client(
                serverHostName,
                switch (peer) {
                    case SockaddrIn in -> in.port();
                    case SockaddrIn6 in6 -> in6.port();
                    case null, default -> -1;
                });
    }

    @Override
    public void doStart() {
        wrapped.doStart();
    }

    @Override
    public void doStop() {
        wrapped.doStop();
    }

    @Override
    public void startedConnecting(Connector connector) {
        if (wrapped instanceof ClientFactory client) {
            client.startedConnecting(connector);
        }
    }

    @Override
    public void clientConnectionFailed(Connector connector, IOException reason) {
        if (wrapped instanceof ClientFactory client) {
            client.clientConnectionFailed(connector, reason);
        }
    }

    @Override
    public void clientConnectionLost(Connector connector, ConnectionLost reason) {
        if (wrapped instanceof ClientFactory client) {
            client.clientConnectionLost(connector, reason);
        }
    }
}
