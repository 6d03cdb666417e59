package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.defer.Deferred;

/**
 * A place to listen at: what a server is given, so that it need not know whether that is a port, a path, or a socket of systemd's.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <p>Source: Twisted's {@code IStreamServerEndpoint}.
 */
public interface ServerEndpoint {

    /**
     * Listens.
     *
     * @param factory makes the protocols
     * @return fires with the port; fails with the kernel's reason
     */
    Deferred<ListeningPort> listen(Factory factory);
}
