package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrVm;

/**
 * An address of any family that has stream sockets, to listen at: {@code vsock:1024} for the port of a virtual machine, {@code vsock:3:1024} for that of one
 * of its context identifiers.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #listen} fails with what the kernel says.
 *
 * <p>Source: vsock(7).
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor listens
 * @param address where
 * @param options how
 */
public record StreamServerEndpoint(Reactor reactor, Sockaddr address, ListenOptions options) implements ServerEndpoint {

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return Deferred.of(() -> reactor.listenStream(address, factory, options));
    }

    /** The description that {@link Endpoints#server} reads, of vsock; of other families, the address. */
    @Override
    public String toString() {
        return address instanceof SockaddrVm vm
                ? Vsock.writeServer(vm)
                        .named("backlog", options.backlog(), ListenOptions.DEFAULT.backlog())
                        .toString()
                : address.toString();
    }
}
