package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;

/**
 * A descriptor that listens already, passed on by whoever has started this process: {@code fd:3}. It can be listened at once, for the port closes it.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #listen} fails where the descriptor is none that listens, and at the second call with an {@link IllegalStateException}.
 *
 * <p>Source: Twisted's {@code AdoptedStreamServerEndpoint}, which keeps a duplicate.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 */
public final class AdoptedStreamServerEndpoint implements ServerEndpoint {

    private final Reactor reactor;
    private final int fd;
    private boolean used;

    /**
     * Of a descriptor.
     *
     * @param reactor listens
     * @param fd the number, which is the reactor's from {@link #listen} on, unless it is none that listens
     */
    public AdoptedStreamServerEndpoint(Reactor reactor, int fd) {
        this.reactor = reactor;
        this.fd = fd;
    }

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return Deferred.of(() -> {
            ReactorThread.require(reactor);
            if (used) {
                throw new IllegalStateException(
                        "descriptor " + fd + " was listened at already: it can be adopted once");
            }
            used = true;
            return reactor.adoptStreamPort(fd, factory);
        });
    }

    /** The description that {@link Endpoints#server} reads. */
    @Override
    public String toString() {
        return new EndpointText("fd").value(fd).toString();
    }
}
