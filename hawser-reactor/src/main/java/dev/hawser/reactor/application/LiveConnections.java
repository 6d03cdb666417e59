package dev.hawser.reactor.application;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.reactor.protocols.WrappingFactory;
import dev.hawser.socket.Sockaddr;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of a factory that stand, whichever reactors they have moved to. */
final class LiveConnections extends WrappingFactory {

    private final Set<ProtocolWrapper> connections = ConcurrentHashMap.newKeySet();
    private final ConnectionObserver books = new Books();

    /** Where connections are accepted: there the service lives. */
    private volatile @Nullable Reactor home;

    /** Fires when the last connection has ended; in the thread of the service. */
    private @Nullable Deferred<@Nullable Void> emptied;

    LiveConnections(Factory factory) {
        super(factory);
    }

    @Override
    protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
        return new ProtocolWrapper(protocol, books);
    }

    int count() {
        return connections.size();
    }

    /** Asks those who can to finish. */
    void finishGracefully() {
        each(connection -> {
            if (innermost(connection) instanceof GracefulProtocol graceful) {
                graceful.finishGracefully();
            }
        });
    }

    void loseAll() {
        each(Transport::loseConnection);
    }

    void abortAll() {
        each(Transport::abortConnection);
    }

    private void each(Consumer<ProtocolWrapper> call) {
        for (ProtocolWrapper connection : connections) {
            in(connection.reactor(), () -> call.accept(connection));
        }
    }

    private static void in(Reactor reactor, Runnable call) {
        if (reactor.isInReactorThread()) {
            call.run();
        } else {
            reactor.callFromThread(call);
        }
    }

    /** Under policies, a PROXY header and TLS, which are transports to the next. */
    private static Protocol innermost(ProtocolWrapper connection) {
        Protocol protocol = connection.wrapped();
        while (protocol instanceof Transport layer) {
            protocol = layer.protocol();
        }
        return protocol;
    }

    /** Fires when there are none any more; the same one for all who ask. */
    Deferred<@Nullable Void> whenEmpty() {
        if (connections.isEmpty()) {
            return Deferred.succeed(null);
        }
        Deferred<@Nullable Void> waited = emptied;
        if (waited == null) {
            waited = new Deferred<>();
            emptied = waited;
        }
        Deferred<@Nullable Void> asked = new Deferred<>();
        waited.addBoth(end -> asked.callback(null));
        return asked;
    }

    private void fireIfEmpty() {
        Deferred<@Nullable Void> waited = emptied;
        if (waited != null && connections.isEmpty()) {
            emptied = null;
            waited.callback(null);
        }
    }

    /** Who comes and who goes. */
    private final class Books implements ConnectionObserver {

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            home = connection.reactor();
            connections.add(connection);
        }

        @Override
        public void connectionEnded(ProtocolWrapper connection, ConnectionLost reason) {
            connections.remove(connection);
            Reactor service = home;
            if (service != null && connections.isEmpty()) {
                in(service, LiveConnections.this::fireIfEmpty);
            }
        }
    }
}
