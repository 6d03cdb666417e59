package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.SockaddrUn;

/**
 * A Unix stream socket to listen at: {@code unix:/run/finger.sock}, {@code unix:@name} for an abstract name. The path of a server that lives is never
 * touched; that of one that has ended is taken over, and this one's own is removed in the end.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #listen} fails with {@link java.net.BindException} where a server is there.
 *
 * <p>Source: Twisted's {@code UNIXServerEndpoint}; unix(7). Other than there, the permissions are what the umask gives, unless a mode is given, and there is no lock
 * file: the kernel is asked whether a server lives.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor listens
 * @param address where
 * @param options how
 */
public record UnixServerEndpoint(Reactor reactor, SockaddrUn address, ListenOptions options) implements ServerEndpoint {

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return Deferred.of(() -> reactor.listenUnix(address, factory, options));
    }

    /** The description that {@link Endpoints#server} reads. */
    @Override
    public String toString() {
        return new EndpointText("unix")
                .value(UnixAddress.write(address))
                .named("mode", options.unixMode() < 0 ? null : Integer.toOctalString(options.unixMode()), null)
                .named("backlog", options.backlog(), ListenOptions.DEFAULT.backlog())
                .toString();
    }
}
