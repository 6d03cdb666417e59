package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What connects by a {@link Deferred}, as a connector. */
final class Attempt implements Connector {

    private final Function<Factory, Deferred<Protocol>> target;
    private final ClientFactory factory;
    private @Nullable Deferred<Protocol> connecting;

    /** Begins at once. */
    Attempt(Function<Factory, Deferred<Protocol>> target, ClientFactory factory) {
        this.target = target;
        this.factory = factory;
        connect();
    }

    @Override
    public void connect() {
        Deferred<Protocol> begun = Deferred.compose(() -> target.apply(factory));
        connecting = begun;
        Deferred<@Nullable Void> _ = begun.finish(made -> {}, this::failed);
    }

    /** That it was given up is known to whoever did so. */
    private void failed(Throwable reason) {
        if (!(reason instanceof CancelledException)) {
            factory.clientConnectionFailed(this, reason instanceof IOException io ? io : new IOException(reason));
        }
    }

    @Override
    public void disconnect() {
        stopConnecting();
    }

    @Override
    public void stopConnecting() {
        if (connecting != null) {
            connecting.cancel();
        }
    }

    @Override
    public String getDestination() {
        return target.toString();
    }
}
