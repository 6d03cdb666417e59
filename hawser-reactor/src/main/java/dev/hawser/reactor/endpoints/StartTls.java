package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.TlsTransport;
import dev.hawser.reactor.Transport;
import dev.hawser.socket.Sockaddr;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The first protocol of a connection: puts TLS on it, and gives it to the one that is meant. It is in nobody's way then. */
final class StartTls extends Protocol {

    private final Protocol next;
    private final Function<Transport, TlsTransport> start;

    private StartTls(Protocol next, Function<Transport, TlsTransport> start) {
        this.next = next;
        this.start = start;
    }

    /** A factory of protocols that speak TLS. */
    static Factory around(Factory factory, Function<Transport, TlsTransport> start) {
        return new Factory() {
            @Override
            public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
                Protocol built = factory.buildProtocol(address);
                return built == null ? null : new StartTls(built, start);
            }

            @Override
            public void doStart() {
                factory.doStart();
            }

            @Override
            public void doStop() {
                factory.doStop();
            }
        };
    }

    /** The one that is meant, of a connection that such a factory has made one for. */
    static Protocol within(Protocol protocol) {
        return protocol instanceof StartTls wrapper ? wrapper.next : protocol;
    }

    @Override
    public void connectionMade() {
        start.apply(transport()).setProtocol(next);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        throw new IllegalStateException("the connection has another protocol: " + next);
    }
}
