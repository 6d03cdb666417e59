package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.protocols.AddressPrefix;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Around the factory of a server that is behind a proxy: each connection begins with a {@link ProxyHeader}, and the protocol has the addresses that this tells as
 * its own. The protocol is made when the header has come, for the peer that the header tells; what comes behind the header is the first that it
 * receives. {@link ProxyHeader#of(dev.hawser.reactor.Transport)} has the header.
 *
 * {@snippet file="dev/hawser/reactor/haproxy/HaProxySnippetsTest.java" region="server"}
 *
 * <p>Whoever can connect can say that he is anybody: let nobody but the proxy connect, or {@link #trust} no other. What counts connections of a client, say {@link
 * dev.hawser.reactor.protocols.LimitConnectionsByPeerFactory}, belongs inside of this; TLS too, unless the proxy's connection itself has TLS.
 *
 * <p>A proxy's own connections (LOCAL, in version 1 UNKNOWN, and whose header tells of themselves), and those whose kind it does not know, have their real addresses.
 * {@link #localConnections} keeps the former from the server. One that ends before a header has come, as simple health checks do, is none.
 *
 * <h2>Threading</h2>
 * In the reactor's thread.
 *
 * <h2>Blocking and timeouts</h2>
 * Nothing waits. A header has {@link #timeout} to come, 5 seconds unless it is set.
 *
 * <h2>Errors</h2>
 * A connection without a good header is closed; why is told to {@link #onRefused}, or where that was not called to the logger {@code
 * dev.hawser.reactor.haproxy}, at level INFO.
 *
 * <p>Source: HAProxy's proxy-protocol.txt; {@code twisted.protocols.haproxy}; other than there, the protocol inside does not hear of a connection before its header.
 */
public final class HaProxyFactory implements Factory {

    private static final System.Logger LOGGER = System.getLogger("dev.hawser.reactor.haproxy");

    /** What is expected of a connection. */
    public enum Expectation {
        /** A header, or it is closed. */
        HEADER,
        /**
         * A header, or none: whatever cannot be the beginning of one belongs to the protocol. One that says nothing gets its protocol when the time is up. Whoever is
         * allowed this can pretend to be anybody.
         */
        MAYBE_HEADER,
        /** None: it is a client itself. What looks like a header is the protocol's. */
        NO_HEADER,
        /** Nothing: it is closed. */
        REFUSED
    }

    private final Factory wrapped;

    /** Null where the proxy's own connections are served as all others. */
    private @Nullable Factory local;

    private Duration timeout = Duration.ofSeconds(5);
    private int maxHeaderBytes = ProxyHeaderDecoder.DEFAULT_MAX_V2_BYTES;
    private Function<@Nullable Sockaddr, Expectation> expectation = address -> Expectation.HEADER;
    private BiConsumer<@Nullable Sockaddr, IOException> refused = HaProxyFactory::log;

    /**
     * Around a factory: a header from everybody.
     *
     * @param wrapped makes the protocols
     */
    public HaProxyFactory(Factory wrapped) {
        this.wrapped = Objects.requireNonNull(wrapped);
    }

    /**
     * Sets how long a header may take to come.
     *
     * @param limit the time from the connection on
     * @return this
     * @throws IllegalArgumentException if it is zero or less
     */
    public HaProxyFactory timeout(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("a header needs some time to come, not " + limit);
        }
        timeout = limit;
        return this;
    }

    /**
     * Sets how many bytes of addresses and fields a header of version 2 may have: 4096 unless it is set. Client certificates need more.
     *
     * @param bytes 0 to 65535
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public HaProxyFactory maxHeaderBytes(int bytes) {
        maxHeaderBytes = new ProxyHeaderDecoder(bytes).maxV2Bytes();
        return this;
    }

    /**
     * Believes some alone.
     *
     * @param proxies the addresses of those who must begin with a header
     * @param others what is expected of all others
     * @return this
     */
    public HaProxyFactory trust(List<AddressPrefix> proxies, Expectation others) {
        List<AddressPrefix> trusted = List.copyOf(proxies);
        return expect(
                address -> trusted.stream().anyMatch(prefix -> prefix.contains(address)) ? Expectation.HEADER : others);
    }

    /**
     * Decides what is expected of each connection.
     *
     * @param decision is given the real address of the peer, null where it has none
     * @return this
     */
    public HaProxyFactory expect(Function<@Nullable Sockaddr, Expectation> decision) {
        expectation = Objects.requireNonNull(decision);
        return this;
    }

    /**
     * Has the proxy's own connections served apart.
     *
     * @param factory makes their protocols; one that returns null closes them, which satisfies a proxy that only connects
     * @return this
     */
    public HaProxyFactory localConnections(Factory factory) {
        local = Objects.requireNonNull(factory);
        return this;
    }

    /**
     * Has somebody told of each connection that is closed for want of a good header, in place of the logger.
     *
     * @param told is given the real address, null where there is none, and what was wrong
     * @return this
     */
    public HaProxyFactory onRefused(BiConsumer<@Nullable Sockaddr, IOException> told) {
        refused = Objects.requireNonNull(told);
        return this;
    }

    private static void log(@Nullable Sockaddr peer, IOException reason) {
        LOGGER.log(Level.INFO, () -> "the connection of " + peer + " is closed: " + reason.getMessage());
    }

    @Override
    public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
        return switch (expectation.apply(address)) {
            case HEADER -> new HeaderReader(this, new ProxyHeaderDecoder(maxHeaderBytes), false);
            case MAYBE_HEADER -> new HeaderReader(this, new ProxyHeaderDecoder(maxHeaderBytes), true);
            case NO_HEADER -> wrapped.buildProtocol(address);
            case REFUSED -> {
                refused.accept(address, new ProxyHeaderException("it is no proxy that is trusted"));
                yield null;
            }
        };
    }

    @Override
    public void doStart() {
        wrapped.doStart();
        if (local != null) {
            local.doStart();
        }
    }

    @Override
    public void doStop() {
        wrapped.doStop();
        if (local != null) {
            local.doStop();
        }
    }

    Duration timeout() {
        return timeout;
    }

    /** Tells of a connection that is closed. */
    void refuse(@Nullable Sockaddr peer, IOException reason) {
        refused.accept(peer, reason);
    }

    /** Null where the factory inside refuses the connection. */
    @Nullable
    ProtocolWrapper connection(@Nullable ProxyHeader header, Transport real) {
        Sockaddr told = header != null && header.source() != null ? header.source() : real.getPeer();
        Factory maker = local != null && header != null && isOwn(header, real) ? local : wrapped;
        Protocol protocol = maker.buildProtocol(told);
        return protocol == null ? null : new ProtocolWrapper(protocol, new ProxiedAddresses(header));
    }

    /** HAProxy's health checks of version 1 tell the addresses of their own connection, which is nobody else's then. */
    private static boolean isOwn(ProxyHeader header, Transport real) {
        ProxyHeader itself = ProxyHeader.of(header.version(), real);
        return header.command() == ProxyHeader.Command.LOCAL
                || (header.hasAddresses()
                        && Objects.equals(header.source(), itself.source())
                        && Objects.equals(header.destination(), itself.destination()));
    }
}
