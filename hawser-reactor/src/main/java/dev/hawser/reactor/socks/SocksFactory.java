package dev.hawser.reactor.socks;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A SOCKS proxy: versions 4, 4a and 5 on one port, for connections to hosts (CONNECT), from hosts (BIND), and in version 5 for datagrams (UDP ASSOCIATE). Names
 * are looked up here.
 *
 * {@snippet file="dev/hawser/reactor/socks/SocksSnippetsTest.java" region="server"}
 *
 * <p>Who may go where, {@link #rules} say: unless they are set, {@link SocksRules#CAREFUL}, under which no stranger gets anywhere. With {@link #authenticator}
 * clients need a password, and those of version 4, which has none, are refused. SOCKS itself has no secrets: passwords go in plaintext.
 *
 * <p>How many connections there may be is for a {@link dev.hawser.reactor.protocols.LimitTotalConnectionsFactory} around this, and how long idle ones last for a
 * {@link dev.hawser.reactor.protocols.TimeoutFactory}.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A client has {@link #handshakeTimeout} to say what it wants, 10 seconds unless it is set; connecting, looking up included, has {@link
 * #connectTimeout}, 30 seconds; somebody has two minutes to come to a BIND.
 *
 * <h2>Errors</h2>
 * A client is told what went wrong by the codes of its version, see {@link SocksException}, and the connection is closed; {@link #onRefused}, or where that was not
 * called the logger {@code dev.hawser.reactor.socks}, at level INFO, is told as well.
 *
 * <p>Source: RFC 1928, RFC 1929, OpenSSH's notes on SOCKS 4 and 4A; {@code twisted.protocols.socks}, which has version 4 and 4a.
 */
public final class SocksFactory implements Factory {

    private static final System.Logger LOGGER = System.getLogger("dev.hawser.reactor.socks");

    private final Reactor reactor;
    private SocksRules rules = SocksRules.CAREFUL;
    private @Nullable SocksAuthenticator authenticator;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration connectTimeout = ConnectOptions.DEFAULT.timeout();
    private Duration bindTimeout = Duration.ofMinutes(2);
    private BiConsumer<@Nullable Sockaddr, IOException> refused = SocksFactory::log;

    /**
     * A proxy with careful rules and without passwords.
     *
     * @param reactor connects, listens and looks up
     */
    public SocksFactory(Reactor reactor) {
        this.reactor = Objects.requireNonNull(reactor);
    }

    /**
     * Sets who may go where.
     *
     * @param who are asked
     * @return this
     */
    public SocksFactory rules(SocksRules who) {
        rules = Objects.requireNonNull(who);
        return this;
    }

    /**
     * Asks clients for a password.
     *
     * @param who is asked whether it is right
     * @return this
     */
    public SocksFactory authenticator(SocksAuthenticator who) {
        authenticator = Objects.requireNonNull(who);
        return this;
    }

    /**
     * Sets how long a client may take to say what it wants.
     *
     * @param limit the time from the connection on
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public SocksFactory handshakeTimeout(Duration limit) {
        handshakeTimeout = checked(limit);
        return this;
    }

    /**
     * Sets how long connecting may take, over all addresses of a name.
     *
     * @param limit the time
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public SocksFactory connectTimeout(Duration limit) {
        connectTimeout = checked(limit);
        return this;
    }

    /**
     * Sets how long a BIND waits for somebody to come.
     *
     * @param limit the time
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public SocksFactory bindTimeout(Duration limit) {
        bindTimeout = checked(limit);
        return this;
    }

    private static Duration checked(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("there must be some time, not " + limit);
        }
        return limit;
    }

    /**
     * Has somebody told of each client that does not get what it wants, in place of the logger.
     *
     * @param told is given the client's address, null where it has none, and what is in the way
     * @return this
     */
    public SocksFactory onRefused(BiConsumer<@Nullable Sockaddr, IOException> told) {
        refused = Objects.requireNonNull(told);
        return this;
    }

    private static void log(@Nullable Sockaddr client, IOException reason) {
        LOGGER.log(Level.INFO, () -> "not for " + client + ": " + reason.getMessage());
    }

    @Override
    public Protocol buildProtocol(@Nullable Sockaddr address) {
        return new SocksConversation(this);
    }

    Reactor reactor() {
        return reactor;
    }

    SocksRules rules() {
        return rules;
    }

    @Nullable
    SocksAuthenticator authenticator() {
        return authenticator;
    }

    Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration bindTimeout() {
        return bindTimeout;
    }

    void tellRefused(@Nullable Sockaddr client, IOException reason) {
        refused.accept(client, reason);
    }
}
