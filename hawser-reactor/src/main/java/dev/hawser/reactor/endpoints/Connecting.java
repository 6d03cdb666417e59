package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connect of an endpoint: between a connector, which tells a factory, and a {@link Deferred}. */
final class Connecting implements ClientFactory {

    private final Factory factory;
    private final Deferred<Protocol> result = new Deferred<>(cancelled -> giveUp());
    private @Nullable Connector connector;
    private boolean ended;

    private Connecting(Factory factory) {
        this.factory = factory;
    }

    /** Connects. What the call throws is what the deferred fails with. */
    static Deferred<Protocol> begin(Factory factory, Function<ClientFactory, Connector> connect) {
        Connecting connecting = new Connecting(factory);
        try {
            connecting.connector = connect.apply(connecting);
        } catch (RuntimeException e) {
            connecting.fail(e);
        }
        return connecting.result;
    }

    @Override
    public void startedConnecting(Connector begun) {
        connector = begun;
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        return Handover.build(factory, address, this::succeed, this::fail);
    }

    private void succeed(Protocol made) {
        if (!ended) {
            ended = true;
            result.callback(made);
        }
    }

    private void fail(Throwable reason) {
        if (!ended) {
            ended = true;
            result.errback(reason);
        }
    }

    private void giveUp() {
        ended = true; // the deferred fails by itself
        Connector going = connector;
        if (going != null) {
            going.disconnect();
        }
    }

    @Override
    public void doStart() {
        factory.doStart();
    }

    @Override
    public void doStop() {
        factory.doStop();
    }

    @Override
    public void clientConnectionFailed(Connector failed, IOException reason) {
        fail(reason);
    }

    @Override
    public void clientConnectionLost(Connector lost, ConnectionLost reason) {
        fail(Handover.cause(reason)); // where connectionMade has not come so far, or has thrown
    }
}
