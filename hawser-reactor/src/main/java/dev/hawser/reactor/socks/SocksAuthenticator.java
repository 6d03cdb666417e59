package dev.hawser.reactor.socks;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * Says whether somebody is who he says: RFC 1929.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 */
@FunctionalInterface
public interface SocksAuthenticator {

    /**
     * Asks.
     *
     * @param credentials what the client says
     * @param client where it has connected from; null where that has no address
     * @return fires with true to let it in; what fails does not let it in, and is reported
     */
    Deferred<Boolean> authenticate(SocksCredentials credentials, @Nullable Sockaddr client);
}
