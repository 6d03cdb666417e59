package dev.hawser.reactor.socks;

import dev.hawser.socket.Sockaddr;

/**
 * Say who may go where. They are asked for each address that a name has, when it has been looked up, so that a name cannot hide one; for UDP ASSOCIATE
 * with 0.0.0.0 first, and then for each datagram.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * {@snippet file="dev/hawser/reactor/socks/SocksSnippetsTest.java" region="rules"}
 */
@FunctionalInterface
public interface SocksRules {

    /**
     * Everybody, everywhere: for tests, and for ports that nobody else can reach. A proxy of this kind that the Internet can reach is found within the hour, and used.
     */
    SocksRules EVERYTHING = (request, target) -> true;

    /**
     * What a proxy has unless it is told otherwise: clients of this machine, or with a password, to hosts that are not loopback, nor link-local (where clouds
     * keep their secrets), nor groups.
     */
    SocksRules CAREFUL = new CarefulRules();

    /**
     * Decides.
     *
     * @param request who wants what
     * @param target with whom: the address that would be connected to, may connect, or would be sent to; 0.0.0.0 or :: is anybody
     * @return false to refuse
     */
    boolean allows(SocksRequest request, Sockaddr target);
}
