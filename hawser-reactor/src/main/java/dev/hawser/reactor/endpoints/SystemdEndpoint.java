package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Socket;

/**
 * A socket that systemd has opened for this process: {@code systemd:http} by the name that the unit's {@code FileDescriptorName=} gives it, {@code systemd:index=0} by
 * its place among them, with {@code domain=INET}, {@code INET6} or {@code UNIX} to make sure of its kind. Each can be listened at once.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #listen} fails where there is no such socket, and tells which there are.
 *
 * <p>Source: Twisted's {@code systemd} endpoint; sd_listen_fds(3), systemd.socket(5).
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="systemd"}
 */
public final class SystemdEndpoint implements ServerEndpoint {

    private final Reactor reactor;
    private final SystemdSockets.Wish wish;

    SystemdEndpoint(Reactor reactor, SystemdSockets.Wish wish) {
        this.reactor = reactor;
        this.wish = wish;
    }

    /**
     * By name.
     *
     * @param reactor listens
     * @param name what the unit calls it; of several, the first that is left
     * @return the endpoint
     */
    public static SystemdEndpoint ofName(Reactor reactor, String name) {
        return new SystemdEndpoint(reactor, new SystemdSockets.Wish(null, name, -1));
    }

    /**
     * By place.
     *
     * @param reactor listens
     * @param index 0 for the first
     * @return the endpoint
     */
    public static SystemdEndpoint ofIndex(Reactor reactor, int index) {
        return new SystemdEndpoint(reactor, new SystemdSockets.Wish(null, null, index));
    }

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return Deferred.of(() -> {
            ReactorThread.require(reactor);
            Socket socket = SystemdSockets.take(wish);
            return reactor.adoptStreamPort(socket.detach(), factory);
        });
    }

    /** The description that {@link Endpoints#server} reads. */
    @Override
    public String toString() {
        return new EndpointText("systemd")
                .named("domain", wish.domain(), null)
                .named("name", wish.name(), null)
                .named("index", wish.index(), -1)
                .toString();
    }
}
