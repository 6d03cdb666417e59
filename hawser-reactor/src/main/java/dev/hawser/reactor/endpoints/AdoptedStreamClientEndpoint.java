package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A descriptor that is connected already, passed on by whoever has started this process: {@code fd:3}. It can be connected once, for the connection closes it.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #connect} fails where the descriptor is no stream that is connected, and at the second call with an {@link IllegalStateException}.
 *
 * <p>Source: Twisted's {@code IReactorSocket.adoptStreamConnection}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 */
public final class AdoptedStreamClientEndpoint implements ClientEndpoint {

    private final Reactor reactor;
    private final int fd;
    private boolean used;

    /**
     * Of a descriptor.
     *
     * @param reactor serves it
     * @param fd the number, which is the reactor's from {@link #connect} on, unless it is none that is connected
     */
    public AdoptedStreamClientEndpoint(Reactor reactor, int fd) {
        this.reactor = reactor;
        this.fd = fd;
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return Deferred.of(() -> adopt(factory));
    }

    private Protocol adopt(Factory factory) throws IOException {
        ReactorThread.require(reactor);
        if (used) {
            throw new IllegalStateException("descriptor " + fd + " was connected already: it can be adopted once");
        }
        used = true;
        List<Protocol> made = new ArrayList<>(1); // it may have given its place to another one since
        reactor.adoptStreamConnection(fd, address -> {
            Protocol built = factory.buildProtocol(address);
            if (built != null) {
                made.add(built);
            }
            return built;
        });
        Protocol protocol = made.getFirst();
        Handover.requireMade(protocol);
        return protocol;
    }

    /** The description that {@link Endpoints#client} reads. */
    @Override
    public String toString() {
        return new EndpointText("fd").value(fd).toString();
    }
}
