package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A factory around a factory: it wraps the protocols that the inner one makes, and passes everything else on. For servers and clients, and for factories that
 * are wrapped already.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="policies"}
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <p>Source: {@code twisted.protocols.policies.WrappingFactory}.
 */
public abstract class WrappingFactory implements ClientFactory {

    private final Factory wrapped;

    /**
     * Around a factory.
     *
     * @param wrapped the factory
     */
    protected WrappingFactory(Factory wrapped) {
        this.wrapped = wrapped;
    }

    /**
     * Wraps a protocol.
     *
     * @param protocol the protocol
     * @param address the peer's; null where it has none
     * @return the wrapper
     */
    protected abstract ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address);

    /**
     * Whether a connection is taken.
     *
     * @param address the peer's; null where it has none
     * @return false to have it closed
     */
    protected boolean accepts(@Nullable Sockaddr address) {
        return true;
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        if (!accepts(address)) {
            return null;
        }
        Protocol protocol = wrapped.buildProtocol(address);
        return protocol == null ? null : wrap(protocol, address);
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
