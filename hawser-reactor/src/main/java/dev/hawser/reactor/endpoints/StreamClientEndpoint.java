package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrVm;

/**
 * An address of any family that has stream sockets, to connect to: {@code vsock:2:1024} for a port of the host of a virtual machine.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * {@link #connect} fails with what the kernel says.
 *
 * <p>Source: vsock(7).
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor connects
 * @param address where to
 * @param options how
 */
public record StreamClientEndpoint(Reactor reactor, Sockaddr address, ConnectOptions options)
        implements ClientEndpoint {

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return Connecting.begin(factory, connecting -> reactor.connectStream(address, connecting, options));
    }

    /** The description that {@link Endpoints#client} reads, of vsock; of other families, the address. */
    @Override
    public String toString() {
        return address instanceof SockaddrVm vm
                ? Vsock.writeClient(vm)
                        .seconds("timeout", options.timeout(), ConnectOptions.DEFAULT.timeout())
                        .toString()
                : address.toString();
    }
}
