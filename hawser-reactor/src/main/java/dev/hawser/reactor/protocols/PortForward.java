package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server that connects each of its clients to a target, and passes on what either says.
 *
 * {@snippet file="dev/hawser/reactor/protocols/ProtocolSnippetsTest.java" region="portforward"}
 *
 * <p>Neither side is read faster than the other one reads. The end of what one side says is passed on, and the other way goes on; a connection that ends ends its
 * other half when all that came before is sent. A client is not read from before its target is connected.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits; connecting has the timeout of its {@link ConnectOptions}, and idle connections that of a {@link TimeoutFactory} around this.
 *
 * <h2>Errors</h2>
 * A client whose target cannot be reached is closed; why is told to {@link #onUnreachable}, or where that was not called to the logger {@code
 * dev.hawser.reactor.protocols}, at level INFO.
 *
 * <p>Source: {@code twisted.protocols.portforward}; other than there, half-closed connections go on.
 */
public final class PortForward implements Factory {

    private static final System.Logger LOGGER = System.getLogger("dev.hawser.reactor.protocols");

    private final Function<ClientFactory, Connector> target;
    private BiConsumer<@Nullable Sockaddr, IOException> unreachable = PortForward::log;
    private long bytesToTarget;
    private long bytesFromTarget;

    private PortForward(Function<ClientFactory, Connector> target) {
        this.target = target;
    }

    /**
     * To a TCP port.
     *
     * @param reactor connects
     * @param host a name or an address
     * @param port the port
     * @param options how
     * @return the factory of the server
     */
    public static PortForward toTcp(Reactor reactor, String host, int port, ConnectOptions options) {
        return new PortForward(factory -> reactor.connectTcp(host, port, factory, options));
    }

    /**
     * To a Unix socket.
     *
     * @param reactor connects
     * @param address a path or an abstract name
     * @param options how
     * @return the factory of the server
     */
    public static PortForward toUnix(Reactor reactor, SockaddrUn address, ConnectOptions options) {
        return new PortForward(factory -> reactor.connectUnix(address, factory, options));
    }

    /**
     * To wherever an endpoint leads: {@code PortForward.to(endpoint::connect)}.
     *
     * @param connect connects a protocol of the factory that it is given; what it returns is cancelled when the client leaves before
     * @return the factory of the server
     */
    public static PortForward to(Function<Factory, Deferred<Protocol>> connect) {
        return new PortForward(factory -> new Attempt(connect, factory));
    }

    private static void log(@Nullable Sockaddr client, IOException reason) {
        LOGGER.log(Level.INFO, () -> "no connection for " + client + ": " + reason.getMessage());
    }

    /**
     * Has somebody told of each client whose target cannot be reached, in place of the logger.
     *
     * @param told is given the client's address, null where it has none, and what is in the way
     * @return this
     */
    public PortForward onUnreachable(BiConsumer<@Nullable Sockaddr, IOException> told) {
        unreachable = Objects.requireNonNull(told);
        return this;
    }

    @Override
    public Protocol buildProtocol(@Nullable Sockaddr address) {
        return new Waiting();
    }

    /**
     * How much the clients have said.
     *
     * @return the number of bytes, over all connections so far
     */
    public long bytesToTarget() {
        return bytesToTarget;
    }

    /**
     * How much the target has said.
     *
     * @return the number of bytes, over all connections so far
     */
    public long bytesFromTarget() {
        return bytesFromTarget;
    }

    /** A client that waits for its target. */
    private final class Waiting extends Protocol implements ClientFactory {

        private @Nullable Connector connector;
        private boolean lost;

        @Override
        public void connectionMade() {
            transport().pauseProducing();
            connector = target.apply(this);
        }

        @Override
        public Protocol buildProtocol(@Nullable Sockaddr address) {
            return new Reached(this);
        }

        @Override
        public void clientConnectionFailed(Connector failed, IOException reason) {
            transport().loseConnection();
            unreachable.accept(transport().getPeer(), reason);
        }

        void connected(Transport reached) {
            if (lost) {
                reached.abortConnection();
            } else {
                ConnectionPair.join(
                        transport(), reached, count -> bytesToTarget += count, count -> bytesFromTarget += count);
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            throw new IllegalStateException("a client is not read from before its target is connected");
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost = true;
            if (connector != null) {
                connector.disconnect();
            }
        }
    }

    /** The target, which is joined with its client at once. */
    private static final class Reached extends Protocol {

        private final Waiting client;

        Reached(Waiting client) {
            this.client = client;
        }

        @Override
        public void connectionMade() {
            client.connected(transport());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            data.position(data.limit()); // of a client that has gone
        }
    }
}
