package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ProcessConnection;
import dev.hawser.reactor.ProcessOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.StandardErrorBehavior;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;

/**
 * A program to talk to: each connection is a process of its own, by its standard input and output. So a protocol that is meant for a network speaks to a command, or
 * through one such as ssh. Descriptions have no such kind: nobody starts programs by what comes as a string.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Blocking and timeouts</h2>
 * The process is started at once, which takes a millisecond or a few, see {@link dev.hawser.reactor.ProcessTransport}.
 *
 * <h2>Errors</h2>
 * {@link #connect} fails where the program cannot be started; how it has exited is the reason of {@link Protocol#connectionLost}, see {@link ProcessConnection}.
 *
 * <p>Source: Twisted's {@code ProcessEndpoint}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="process"}
 *
 * @param reactor starts it
 * @param options what to start
 * @param errors what becomes of its standard error
 */
public record ProcessEndpoint(Reactor reactor, ProcessOptions options, StandardErrorBehavior errors)
        implements ClientEndpoint {

    /**
     * A program whose standard error is logged.
     *
     * @param reactor starts it
     * @param command the program and its arguments
     * @return the endpoint
     */
    public static ProcessEndpoint of(Reactor reactor, String... command) {
        return new ProcessEndpoint(reactor, ProcessOptions.of(command), StandardErrorBehavior.LOG);
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return Deferred.of(() -> start(factory));
    }

    private Protocol start(Factory factory) throws IOException {
        Protocol protocol = factory.buildProtocol(SockaddrUn.UNNAMED);
        if (protocol == null) {
            throw new IOException("the factory has refused the connection to " + this);
        }
        reactor.spawnProcess(new ProcessConnection(reactor, protocol, errors), options);
        Handover.requireMade(protocol);
        return protocol;
    }

    @Override
    public String toString() {
        return "process " + String.join(" ", options.command());
    }
}
