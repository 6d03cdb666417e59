package dev.hawser.reactor.testing;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MemoryReactor} was told to listen on: the test is who connects.
 *
 * <h2>Threading</h2>
 * For the test's thread.
 */
public final class MemoryPort implements ListeningPort {

    private final MemoryReactor reactor;
    private final Sockaddr host;
    private final Factory factory;
    private final ListenOptions options;
    private boolean paused;
    private boolean stopped;

    MemoryPort(MemoryReactor reactor, Sockaddr host, Factory factory, ListenOptions options) {
        this.reactor = reactor;
        this.host = host;
        this.factory = factory;
        this.options = options;
        factory.doStart();
    }

    /**
     * A client connects; the pair is pumped by the reactor from now on.
     *
     * @param client the client's protocol
     * @return both ends; null where the factory refuses the connection
     * @throws IllegalStateException if nobody accepts now
     */
    public @Nullable ProtocolPair accept(Protocol client) {
        if (stopped || paused) {
            throw new IllegalStateException("the port " + host + (stopped ? " listens no more" : " is paused"));
        }
        Protocol server = factory.buildProtocol(SockaddrIn.of("127.0.0.2", 50_000));
        return server == null ? null : reactor.pair(client, server);
    }

    /**
     * What makes the protocols.
     *
     * @return the factory
     */
    public Factory factory() {
        return factory;
    }

    /**
     * How it listens.
     *
     * @return the options
     */
    public ListenOptions options() {
        return options;
    }

    /**
     * Whether connections would be accepted.
     *
     * @return false while it is paused, and when it has stopped
     */
    public boolean isAccepting() {
        return !paused && !stopped;
    }

    @Override
    public Sockaddr getHost() {
        return host;
    }

    @Override
    public void pauseAccepting() {
        paused = true;
    }

    @Override
    public void resumeAccepting() {
        paused = false;
    }

    @Override
    public Deferred<@Nullable Void> stopListening() {
        close();
        return Deferred.succeed(null);
    }

    void close() {
        if (!stopped) {
            stopped = true;
            factory.doStop();
        }
    }
}
