package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.reactor.protocols.WrappingFactory;
import dev.hawser.socket.Sockaddr;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Around the factory of a client that connects to a server for somebody else: tells the server who that is, before the protocol says anything.
 *
 * {@snippet file="dev/hawser/reactor/haproxy/HaProxySnippetsTest.java" region="client"}
 *
 * <p>Where the protocol speaks TLS, the header goes before it, in plaintext.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Errors</h2>
 * What the function throws loses the connection.
 *
 * <p>Source: HAProxy's proxy-protocol.txt.
 */
public final class HaProxyClientFactory extends WrappingFactory {

    private final Function<Transport, ProxyHeader> header;

    /**
     * With the same header for each connection.
     *
     * @param wrapped makes the protocols; one that is a {@link dev.hawser.reactor.ClientFactory} is told as such
     * @param header what to say
     */
    public HaProxyClientFactory(Factory wrapped, ProxyHeader header) {
        this(wrapped, connection -> header);
        Objects.requireNonNull(header);
    }

    /**
     * With a header that each connection is asked for.
     *
     * @param wrapped makes the protocols; one that is a {@link dev.hawser.reactor.ClientFactory} is told as such
     * @param header is given the new connection; it knows whom that is for
     */
    public HaProxyClientFactory(Factory wrapped, Function<Transport, ProxyHeader> header) {
        super(Objects.requireNonNull(wrapped));
        this.header = Objects.requireNonNull(header);
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, new ConnectionObserver() {
            @Override
            public void connectionMade(ProtocolWrapper connection) {
                Transport made = connection.transport();
                made.write(header.apply(made).encode());
            }
        });
    }
}
