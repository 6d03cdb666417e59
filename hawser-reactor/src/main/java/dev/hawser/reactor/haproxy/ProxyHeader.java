package dev.hawser.reactor.haproxy;

import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of a connection before anything else: who has connected to it, and where to.
 *
 * {@snippet file="dev/hawser/reactor/haproxy/HaProxySnippetsTest.java" region="header"}
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * <h2>Errors</h2>
 * {@link IllegalArgumentException} for a header that cannot be said in its version.
 *
 * <p>Source: HAProxy's proxy-protocol.txt; {@link ProxyHeaderDecoder} reads it.
 *
 * @param version 1, of text, or 2, of bytes
 * @param command whether the connection is somebody's, or the proxy's own
 * @param network of what kind the connection is
 * @param source who has connected; null where it is not told
 * @param destination where to; null where it is not told
 * @param tlvs what else is told, in version 2
 */
public record ProxyHeader(
        int version,
        Command command,
        Network network,
        @Nullable Sockaddr source,
        @Nullable Sockaddr destination,
        List<ProxyTlv> tlvs) {

    /** Whose connection it is. */
    public enum Command {
        /** The proxy's own, to see whether the server lives: the addresses are those of the connection. */
        LOCAL,
        /** The one of somebody whom the proxy speaks for. */
        PROXY
    }

    /** Families and kinds of sockets, with the numbers that they have in version 2. */
    public enum Network {
        /** Unknown. */
        UNSPEC(0x00, 0),
        /** TCP over IPv4. */
        TCP4(0x11, 12),
        /** UDP over IPv4. */
        UDP4(0x12, 12),
        /** TCP over IPv6. */
        TCP6(0x21, 36),
        /** UDP over IPv6. */
        UDP6(0x22, 36),
        /** A Unix stream socket. */
        UNIX_STREAM(0x31, 216),
        /** A Unix datagram socket. */
        UNIX_DATAGRAM(0x32, 216);

        private final int code;
        private final int addressBytes;

        Network(int code, int addressBytes) {
            this.code = code;
            this.addressBytes = addressBytes;
        }

        int code() {
            return code;
        }

        /** How long both addresses are. */
        int addressBytes() {
            return addressBytes;
        }

        private boolean has(@Nullable Sockaddr address) {
            return switch (this) {
                case UNSPEC -> address == null;
                case TCP4, UDP4 -> address instanceof SockaddrIn;
                case TCP6, UDP6 -> address instanceof SockaddrIn6;
                case UNIX_STREAM, UNIX_DATAGRAM -> address instanceof SockaddrUn;
            };
        }
    }

    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if they do not, or version 1 cannot say them
     */
    public ProxyHeader {
        tlvs = List.copyOf(tlvs);
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("the PROXY protocol has the versions 1 and 2, not " + version);
        }
        if (!network.has(source) || !network.has(destination)) {
            throw new IllegalArgumentException(network + " has not the addresses " + source + " and " + destination);
        }
        if (version == 1 && (command == Command.LOCAL) != (network == Network.UNSPEC)) {
            throw new IllegalArgumentException("version 1 says UNKNOWN for LOCAL, and for that alone");
        }
        boolean isTextual = network == Network.UNSPEC || network == Network.TCP4 || network == Network.TCP6;
        if (version == 1 && (!isTextual || !tlvs.isEmpty())) {
            throw new IllegalArgumentException(
                    "version 1 tells TCP addresses alone, not " + network + " " + tlvs + ": use version 2");
        }
    }

    /**
     * The header of a connection of the proxy's own, such as a health check.
     *
     * @param version 1 or 2
     * @return the header; in version 1 {@code PROXY UNKNOWN}
     */
    public static ProxyHeader local(int version) {
        return new ProxyHeader(version, Command.LOCAL, Network.UNSPEC, null, null, List.of());
    }

    /**
     * The header of somebody's stream connection.
     *
     * @param version 1 or 2
     * @param source who has connected
     * @param destination where to
     * @return the header. Where one address is IPv4 and the other IPv6, both are told as IPv6; where there are none that can be told, {@link Network#UNSPEC}, which
     *     in version 1 is the same as {@link #local}
     */
    public static ProxyHeader of(int version, @Nullable Sockaddr source, @Nullable Sockaddr destination) {
        Sockaddr from = unmapped(source);
        Sockaddr to = unmapped(destination);
        if (from instanceof SockaddrIn && to instanceof SockaddrIn) {
            return new ProxyHeader(version, Command.PROXY, Network.TCP4, from, to, List.of());
        }
        if (isInternet(from) && isInternet(to)) {
            return new ProxyHeader(version, Command.PROXY, Network.TCP6, asIpv6(from), asIpv6(to), List.of());
        }
        if (version == 2 && from instanceof SockaddrUn && to instanceof SockaddrUn) {
            return new ProxyHeader(version, Command.PROXY, Network.UNIX_STREAM, from, to, List.of());
        }
        return new ProxyHeader(
                version, version == 1 ? Command.LOCAL : Command.PROXY, Network.UNSPEC, null, null, List.of());
    }

    /**
     * The header that tells of another connection: of the client whom this one is made for.
     *
     * @param version 1 or 2
     * @param client the connection of the client
     * @return the header, with the client as the source
     */
    public static ProxyHeader of(int version, Transport client) {
        return of(version, client.getPeer(), client.getHost());
    }

    /**
     * The header that a connection has begun with.
     *
     * @param transport what a protocol inside of {@link HaProxyFactory} has: directly, or under TLS and other layers
     * @return the header; null where there was none
     */
    public static @Nullable ProxyHeader of(Transport transport) {
        Transport layer = transport;
        while (layer instanceof Protocol above) {
            if (layer instanceof ProtocolWrapper wrapper && wrapper.observer() instanceof ProxiedAddresses told) {
                return told.header();
            }
            layer = above.transport();
        }
        return null;
    }

    /**
     * With more fields.
     *
     * @param more the fields, behind those that are there
     * @return the header
     */
    public ProxyHeader with(ProxyTlv... more) {
        List<ProxyTlv> all = new ArrayList<>(tlvs);
        all.addAll(List.of(more));
        return new ProxyHeader(version, command, network, source, destination, all);
    }

    /**
     * The bytes that are sent. A checksum among the fields is put in.
     *
     * @return the header's bytes
     * @throws IllegalArgumentException if the fields are too long, together, for a header
     */
    public byte[] encode() {
        return ProxyHeaderEncoder.encode(this);
    }

    /**
     * Whether the addresses are told, and those of the connection do not count.
     *
     * @return true where there are both
     */
    public boolean hasAddresses() {
        return source != null && destination != null;
    }

    /**
     * What is spoken: {@code PP2_TYPE_ALPN}.
     *
     * @return the protocol's name; null where it is not told
     */
    public @Nullable String alpn() {
        return text(ProxyTlv.ALPN);
    }

    /**
     * The name that the client has asked for: {@code PP2_TYPE_AUTHORITY}.
     *
     * @return the host's name; null where it is not told
     */
    public @Nullable String authority() {
        return text(ProxyTlv.AUTHORITY);
    }

    /**
     * The namespace that the connection came from: {@code PP2_TYPE_NETNS}.
     *
     * @return its name; null where it is not told
     */
    public @Nullable String netns() {
        return text(ProxyTlv.NETNS);
    }

    /**
     * What the proxy calls the connection: {@code PP2_TYPE_UNIQUE_ID}.
     *
     * @return the bytes; null where they are not told
     */
    public byte @Nullable [] uniqueId() {
        ProxyTlv field = field(ProxyTlv.UNIQUE_ID);
        return field == null ? null : field.value();
    }

    /**
     * The TLS that the client speaks with the proxy: {@code PP2_TYPE_SSL}.
     *
     * @return what is told of it; null where nothing is
     * @throws IllegalStateException if the field was put together wrongly; one that was received was checked
     */
    public @Nullable ProxySsl ssl() {
        ProxyTlv field = field(ProxyTlv.SSL);
        try {
            return field == null ? null : ProxySsl.decode(field.value());
        } catch (ProxyHeaderException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private @Nullable String text(int type) {
        ProxyTlv field = field(type);
        return field == null ? null : field.text();
    }

    private @Nullable ProxyTlv field(int type) {
        return tlvs.stream().filter(field -> field.type() == type).findFirst().orElse(null);
    }

    private static @Nullable Sockaddr unmapped(@Nullable Sockaddr address) {
        return address instanceof SockaddrIn6 in6 ? in6.unmapped() : address;
    }

    private static boolean isInternet(@Nullable Sockaddr address) {
        return address instanceof SockaddrIn || address instanceof SockaddrIn6;
    }

    private static @Nullable Sockaddr asIpv6(@Nullable Sockaddr address) {
        return switch (address) {
            case SockaddrIn in -> SockaddrIn6.of("::ffff:" + in.host(), in.port());
            case SockaddrIn6 in6 -> new SockaddrIn6(in6.high(), in6.low(), in6.port(), 0, 0);
            case null, default -> address;
        };
    }
}
