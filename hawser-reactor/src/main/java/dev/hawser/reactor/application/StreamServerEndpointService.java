package dev.hawser.reactor.application;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A server at an endpoint, as a service. It listens from {@link #privilegedStartService} on, and accepts from {@link #startService} on: connections that come between the two wait in the
 * kernel's queue, so that no protocol is served with privileges.
 *
 * <p>It knows its connections. When it stops, it listens no more; a {@link GracefulProtocol} is asked to finish, others just go on, and it has stopped when the last connection has
 * ended. {@link #closeService} then loses those that are left, and {@link #abortService} drops them. How many there may be, from whom, and for how long, is for the factories of {@code
 * dev.hawser.reactor.protocols} to limit: wrap yours in them.
 *
 * <h2>Threading</h2>
 * For the thread of its endpoint's reactor. Its connections may move to others.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. There is no limit for {@link #stopService} but that of the {@link Application}.
 *
 * <h2>Errors</h2>
 * Where the endpoint cannot listen, {@link #privilegedStartService} fails with the reason; {@link #startService} without that before reports it to the logger {@code
 * dev.hawser.reactor}.
 *
 * <p>Source: {@code twisted.application.internet.StreamServerEndpointService}; other than there, connections are waited for.
 *
 * {@snippet file="dev/hawser/reactor/application/ApplicationSnippetsTest.java" region="server"}
 */
public final class StreamServerEndpointService implements Service {

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor");

    private final ServerEndpoint endpoint;
    private final LiveConnections connections;
    private @Nullable Deferred<ListeningPort> listening;
    private @Nullable ListeningPort port;
    private boolean running;

    /**
     * A server that is not started.
     *
     * @param endpoint where it listens
     * @param factory makes the protocols
     */
    public StreamServerEndpointService(ServerEndpoint endpoint, Factory factory) {
        this.endpoint = endpoint;
        this.connections = new LiveConnections(factory);
    }

    @Override
    public Deferred<@Nullable Void> privilegedStartService() {
        if (listening != null) {
            return Deferred.succeed(null);
        }
        Deferred<ListeningPort> begun = Deferred.compose(() -> endpoint.listen(connections));
        listening = begun;
        Deferred<@Nullable Void> told = new Deferred<>(cancelled -> begun.cancel());
        Deferred<@Nullable Void> _ = begun.addCallback(this::listens).finish(opened -> told.callback(null), failure -> {
            listening = null;
            told.errback(failure);
        });
        return told;
    }

    private ListeningPort listens(ListeningPort opened) {
        port = opened;
        if (!running) {
            opened.pauseAccepting();
        }
        return opened;
    }

    @Override
    public void startService() {
        running = true;
        ListeningPort opened = port;
        if (opened != null) {
            opened.resumeAccepting();
        } else if (listening == null) {
            Deferred<@Nullable Void> _ = privilegedStartService().finish(begun -> {}, this::report);
        }
    }

    private void report(Throwable failure) {
        if (!(failure instanceof CancelledException)) {
            LOG.log(Level.ERROR, "cannot listen: " + endpoint, failure);
        }
    }

    @Override
    public Deferred<@Nullable Void> stopService() {
        running = false;
        Deferred<ListeningPort> begun = listening;
        listening = null;
        ListeningPort opened = port;
        port = null;
        Deferred<@Nullable Void> stopped = Deferred.succeed(null);
        if (opened != null) {
            stopped = opened.stopListening();
        } else if (begun != null) {
            begun.cancel();
        }
        connections.finishGracefully();
        return stopped.thenCompose(closed -> connections.whenEmpty());
    }

    @Override
    public void closeService() {
        connections.loseAll();
    }

    @Override
    public void abortService() {
        connections.abortAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * Where it listens.
     *
     * @return the port; null before the endpoint listens, and when the service stops
     */
    public @Nullable ListeningPort port() {
        return port;
    }

    /**
     * How many connections there are.
     *
     * @return the number at this moment; safe from any thread
     */
    public int connections() {
        return connections.count();
    }

    @Override
    public String toString() {
        return "server at " + (port == null ? endpoint : port);
    }
}
