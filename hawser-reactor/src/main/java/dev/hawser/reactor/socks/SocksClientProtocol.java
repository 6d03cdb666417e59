package dev.hawser.reactor.socks;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.IdleTimeout;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy for a connection, on one that it has with the proxy, and gives that to another protocol: what comes behind the proxy's reply is the first that this
 * receives. {@link SocksClientEndpoint} is the comfortable way.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. The proxy has {@link #timeout} to make the connection, one minute unless it is set; somebody may take as long as he likes to come to a BIND.
 *
 * <h2>Errors</h2>
 * {@link #whenConnected} fails with a {@link SocksException} where the proxy refuses, or with {@link ConnectionLost}.
 *
 * <p>Source: RFC 1928, RFC 1929, and OpenSSH's notes on SOCKS 4 and 4A.
 *
 * {@snippet file="dev/hawser/reactor/socks/SocksSnippetsTest.java" region="bind"}
 */
public final class SocksClientProtocol extends Protocol {

    /** What is done with a message. */
    @FunctionalInterface
    private interface Step {
        void take(byte[] message) throws IOException;
    }

    private final SocksVersion version;
    private final @Nullable SocksCredentials credentials;
    private final SocksCommand command;
    private final String host;
    private final int port;
    private final byte[] request;
    private final Factory factory;

    private final MessageReader reader = new MessageReader();
    private final Deferred<Protocol> connected = new Deferred<>(cancelled -> giveUp());
    private final Deferred<Sockaddr> bound = new Deferred<>(cancelled -> giveUp());
    private MessageReader.Shape shape = SocksMessages::reply4;
    private Step step = this::reply;
    private Duration timeout = Duration.ofMinutes(1);
    private @Nullable IdleTimeout limit;
    private boolean isMade;
    private boolean done;

    private SocksClientProtocol(
            SocksVersion version,
            @Nullable SocksCredentials credentials,
            SocksCommand command,
            String host,
            int port,
            Factory factory) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        this.version = version;
        this.credentials = credentials;
        this.command = command;
        this.host = host;
        this.port = port;
        this.factory = Objects.requireNonNull(factory);
        String user = credentials == null ? null : credentials.user();
        this.request = SocksMessages.request(version, command.code(), host, port, user);
    }

    /**
     * Asks for a connection to somebody.
     *
     * @param version how to ask
     * @param credentials who asks; null: nobody in particular
     * @param host the target's name, which the proxy looks up, or address
     * @param port the target's port
     * @param factory makes the protocol that gets the connection
     * @return the protocol for the connection with the proxy
     * @throws IllegalArgumentException if the version has no such hosts
     */
    public static SocksClientProtocol connect(
            SocksVersion version, @Nullable SocksCredentials credentials, String host, int port, Factory factory) {
        return new SocksClientProtocol(version, credentials, SocksCommand.CONNECT, host, port, factory);
    }

    /**
     * Asks for a port that somebody can connect to, once.
     *
     * @param version how to ask
     * @param credentials who asks; null: nobody in particular
     * @param host whose connection is expected; 0.0.0.0: anybody's
     * @param port what the proxy may want to know of that
     * @param factory makes the protocol that gets the connection
     * @return the protocol for the connection with the proxy
     * @throws IllegalArgumentException if the version has no such hosts
     */
    public static SocksClientProtocol bind(
            SocksVersion version, @Nullable SocksCredentials credentials, String host, int port, Factory factory) {
        return new SocksClientProtocol(version, credentials, SocksCommand.BIND, host, port, factory);
    }

    /**
     * Sets how long the proxy may take.
     *
     * @param limit the time from the connection with the proxy on
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public SocksClientProtocol timeout(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("there must be some time, not " + limit);
        }
        timeout = limit;
        return this;
    }

    /**
     * Waits for the connection that was asked for.
     *
     * @return fires with the protocol that has got it; cancelling closes the connection with the proxy. Always the same one
     */
    public Deferred<Protocol> whenConnected() {
        return connected;
    }

    /**
     * Waits for the port that was asked for by {@link #bind}.
     *
     * @return fires with the address that somebody can connect to; where the proxy does not know its host, that is 0.0.0.0: the proxy's. Always the same one
     */
    public Deferred<Sockaddr> whenBound() {
        return bound;
    }

    @Override
    public void connectionMade() {
        isMade = true;
        if (done) {
            transport().abortConnection();
            return;
        }
        limit = new IdleTimeout(transport().reactor(), this::timeIsUp);
        limit.setTimeout(timeout);
        if (version == SocksVersion.V5) {
            shape = SocksMessages.answer(SocksMessages.VERSION_5);
            step = this::method;
            transport().write(greeting());
        } else {
            transport().write(request);
        }
    }

    private byte[] greeting() {
        return credentials == null
                ? new byte[] {SocksMessages.VERSION_5, 1, SocksMessages.NO_AUTHENTICATION}
                : new byte[] {SocksMessages.VERSION_5, 2, SocksMessages.NO_AUTHENTICATION, SocksMessages.PASSWORD};
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        try {
            while (!done) {
                byte[] message = reader.read(data, shape);
                if (message == null) {
                    return;
                }
                step.take(message);
            }
        } catch (IOException e) {
            data.position(data.limit());
            fail(e);
        }
    }

    private void method(byte[] message) throws SocksException {
        int chosen = Byte.toUnsignedInt(message[1]);
        if (chosen == SocksMessages.PASSWORD && credentials != null) {
            shape = SocksMessages.answer(SocksMessages.PASSWORD_VERSION);
            step = this::authenticated;
            transport().write(SocksMessages.credentials(credentials));
        } else if (chosen == SocksMessages.NO_AUTHENTICATION) {
            ask();
        } else {
            throw new SocksException(
                    SocksException.NOT_ALLOWED,
                    chosen == SocksMessages.NO_METHOD
                            ? "the proxy wants "
                                    + (credentials == null ? "a password" : "no password, but something else")
                            : "the proxy has chosen a method that was not offered: " + chosen);
        }
    }

    private void authenticated(byte[] message) throws SocksException {
        if (message[1] != 0) {
            throw new SocksException(SocksException.NOT_ALLOWED, "the proxy does not take the password");
        }
        ask();
    }

    private void ask() {
        shape = SocksMessages::addressed;
        step = this::reply;
        transport().write(request);
    }

    private void reply(byte[] message) throws SocksException {
        SocksMessages.Reply reply =
                version == SocksVersion.V5 ? SocksMessages.reply5(message) : SocksMessages.reply4(message);
        if (reply.code() != 0) {
            throw SocksException.answered(command + " " + host + ":" + port, reply.code());
        }
        if (command == SocksCommand.BIND && !bound.isCalled()) {
            endLimit();
            bound.callback(reply.address());
        } else {
            handOver(command == SocksCommand.BIND ? reply.address() : SocksMessages.literal(host, port));
        }
    }

    private void handOver(@Nullable Sockaddr peer) throws SocksException {
        Protocol next = factory.buildProtocol(peer);
        if (next == null) {
            throw new SocksException(SocksException.FAILED, "the factory has refused the connection");
        }
        done = true;
        endLimit();
        transport().setProtocol(next);
        connected.callback(next);
    }

    private void fail(IOException reason) {
        if (!done) {
            done = true;
            endLimit();
            transport().loseConnection();
            tell(reason);
        }
    }

    private void tell(IOException reason) {
        if (!connected.isCalled()) {
            connected.errback(reason);
        }
        if (command == SocksCommand.BIND && !bound.isCalled()) {
            bound.errback(reason);
        }
    }

    private void timeIsUp() {
        fail(new SocksException(SocksException.TTL_EXPIRED, "the proxy has not answered within " + timeout));
    }

    /** The one that was cancelled fails by itself. */
    private void giveUp() {
        done = true;
        endLimit();
        if (isMade) {
            transport().abortConnection();
        }
    }

    private void endLimit() {
        if (limit != null) {
            limit.setTimeout(null);
        }
    }

    @Override
    public void connectionLost(ConnectionLost reason) {
        endLimit();
        done = true;
        tell(reason);
    }
}
