package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;

/**
 * Somebody to connect to, as often as one likes.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <p>Source: Twisted's {@code IStreamClientEndpoint}.
 */
public interface ClientEndpoint {

    /**
     * Connects.
     *
     * @param factory makes the protocol
     * @return fires with the protocol when it has its connection; fails with the reason why there is none. Cancelling gives up
     */
    Deferred<Protocol> connect(Factory factory);
}
