package dev.hawser.reactor.protocols;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
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
        return new Front();
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

    /** A client's half. */
    private final class Front extends Protocol implements ClientFactory {

        private @Nullable Connector connector;
        private @Nullable Pair pair;
        private boolean lost;

        @Override
        public void connectionMade() {
            transport().pauseProducing();
            connector = target.apply(this);
        }

        @Override
        public Protocol buildProtocol(@Nullable Sockaddr address) {
            return new Back(this);
        }

        @Override
        public void clientConnectionFailed(Connector failed, IOException reason) {
            transport().loseConnection();
            unreachable.accept(transport().getPeer(), reason);
        }

        void connected(Back back) {
            if (lost) {
                back.transport().abortConnection();
                return;
            }
            Pair made = new Pair(transport(), back.transport());
            pair = made;
            back.pair = made;
            made.begin();
            transport().resumeProducing();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            bytesToTarget += data.remaining();
            if (pair != null) {
                pair.back().write(data);
            }
        }

        @Override
        public void readConnectionLost() {
            if (pair == null) {
                transport().loseConnection();
            } else {
                pair.frontEnded();
            }
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost = true;
            if (pair != null) {
                pair.end();
            } else if (connector != null) {
                connector.disconnect();
            }
        }
    }

    /** The target's half. */
    private final class Back extends Protocol {

        private final Front front;
        private @Nullable Pair pair;

        Back(Front front) {
            this.front = front;
        }

        @Override
        public void connectionMade() {
            front.connected(this);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            bytesFromTarget += data.remaining();
            if (pair != null) {
                pair.front().write(data);
            }
        }

        @Override
        public void readConnectionLost() {
            if (pair == null) {
                transport().loseConnection();
            } else {
                pair.backEnded();
            }
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            if (pair != null) {
                pair.end();
            }
        }
    }
}
