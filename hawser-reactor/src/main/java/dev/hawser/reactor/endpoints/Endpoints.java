package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;

/**
 * Endpoints from strings.
 *
 * <p>Source: {@code twisted.internet.endpoints}.
 */
@SuppressWarnings("DoNotCallSuggester") // a draft
public final class Endpoints {

    private Endpoints() {}

    /**
     * A place to listen at.
     *
     * @param reactor listens
     * @param description such as {@code tcp:8080:interface=127.0.0.1}
     * @return the endpoint
     * @throws EndpointSyntaxException if it is none; the message points at the place
     */
    public static ServerEndpoint server(Reactor reactor, String description) {
        throw new EndpointSyntaxException(description, 0, "draft of " + reactor);
    }

    /**
     * Somebody to connect to.
     *
     * @param reactor connects
     * @param description such as {@code tcp:localhost:8080}
     * @return the endpoint
     * @throws EndpointSyntaxException if it is none; the message points at the place
     */
    public static ClientEndpoint client(Reactor reactor, String description) {
        throw new EndpointSyntaxException(description, 0, "draft of " + reactor);
    }

    /**
     * Connects a protocol that is there already.
     *
     * @param endpoint where to
     * @param protocol the protocol
     * @param <P> its type
     * @return fires with the protocol when it has its connection
     */
    public static <P extends Protocol> Deferred<P> connectProtocol(ClientEndpoint endpoint, P protocol) {
        return endpoint.connect(address -> protocol).addCallback(connected -> protocol);
    }
}
