package dev.hawser.reactor.endpoints;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Standard input and output of this process as one connection, for servers that inetd starts, and for pipes: {@code stdio:}. It can be listened at, and
 * connected: both make the one connection, at once.
 *
 * <h2>Threading</h2>
 * For the thread of its reactor.
 *
 * <h2>Errors</h2>
 * Both fail where the two are a connection already, or closed.
 *
 * <p>Source: Twisted's {@code StandardIOEndpoint}.
 *
 * {@snippet file="dev/hawser/reactor/endpoints/EndpointSnippetsTest.java" region="objects"}
 *
 * @param reactor serves them
 */
public record StandardIoEndpoint(Reactor reactor) implements ServerEndpoint, ClientEndpoint {

    @Override
    public Deferred<ListeningPort> listen(Factory factory) {
        return Deferred.of(() -> new OneConnection(open(factory).transport()));
    }

    @Override
    public Deferred<Protocol> connect(Factory factory) {
        return Deferred.of(() -> open(factory));
    }

    private Protocol open(Factory factory) throws IOException {
        Protocol protocol = factory.buildProtocol(SockaddrUn.UNNAMED);
        if (protocol == null) {
            throw new IOException("the factory has refused the connection of standard input and output");
        }
        reactor.standardIo(protocol);
        Handover.requireMade(protocol);
        return protocol;
    }

    /** A port that has taken its only connection. */
    private record OneConnection(Transport connection) implements ListeningPort {

        @Override
        public Sockaddr getHost() {
            return connection.getHost();
        }

        @Override
        public void pauseAccepting() {}

        @Override
        public void resumeAccepting() {}

        @Override
        public Deferred<@Nullable Void> stopListening() {
            return Deferred.succeed(null);
        }
    }

    /** The description that {@link Endpoints#server} and {@link Endpoints#client} read. */
    @Override
    public String toString() {
        return "stdio:";
    }
}
