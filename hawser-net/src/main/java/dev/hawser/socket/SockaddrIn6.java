package dev.hawser.socket;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv6 address: {@code struct sockaddr_in6} of ipv6(7).
 *
 * <p>Immutable.
 *
 * @param high the first 64 bits of the address
 * @param low the last 64 bits of the address
 * @param port 0 to 65535
 * @param flowInfo the 20 bits of the flow label, 0 to 0xfffff, as CPython has them. The kernel's field has the traffic
 *     class above them: an address that comes from the kernel leaves it out; to send it, set IPV6_TCLASS
 * @param scopeId the index of the interface of a link-local address, else 0
 */
public record SockaddrIn6(long high, long low, int port, int flowInfo, int scopeId) implements Sockaddr {

    /** The largest flow info. */
    private static final int MAX_FLOW_INFO = 0xfffff;

    /** The 32 bits before the IPv4 address in one that is mapped, {@code ::ffff:0:0/96}. */
    private static final long IPV4_MAPPED = 0xffffL;

    /** Checks the port and the flow info. */
    public SockaddrIn6 {
        SockaddrText.checkPort(port);
        if (flowInfo < 0 || flowInfo > MAX_FLOW_INFO) {
            throw new IllegalArgumentException("flow info " + flowInfo + " is not within 0..1048575");
        }
    }

    /**
     * The address with this text and port.
     *
     * @param host the text of RFC 4291, with {@code %} and an interface's index or name where it needs a scope; empty:
     *     every address
     * @param port 0 to 65535; 0 lets the kernel choose at bind
     * @return the address
     */
    public static SockaddrIn6 of(String host, int port) {
        return SockaddrText.parseIpv6(host, port);
    }

    static SockaddrIn6 ofBytes(byte[] sixteen, int port, int flowInfo, int scopeId) {
        ByteBuffer bytes = ByteBuffer.wrap(sixteen);
        return new SockaddrIn6(bytes.getLong(), bytes.getLong(), port, flowInfo, scopeId);
    }

    @Override
    public int family() {
        return Constants.AF_INET6;
    }

    /**
     * The address without the port.
     *
     * @return the text of RFC 5952, with {@code %} and the index of the interface where there is a scope
     */
    public String host() {
        return SockaddrText.formatIpv6(high, low) + (scopeId == 0 ? "" : "%" + Integer.toUnsignedString(scopeId));
    }

    /**
     * The address without the clothes that IPv4 wears on an IPv6 socket: a peer is the same whatever the socket that it came to.
     *
     * @return the IPv4 address of {@code ::ffff:192.0.2.1} (RFC 4291, 2.5.5.2); any other address as it is
     */
    public Sockaddr unmapped() {
        return high == 0 && low >>> Integer.SIZE == IPV4_MAPPED ? new SockaddrIn((int) low, port) : this;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    @Override
    public InetSocketAddress toJavaNet() {
        try {
            return new InetSocketAddress(
                    scopeId == 0
                            ? java.net.Inet6Address.getByAddress(null, bytes(), -1)
                            : java.net.Inet6Address.getByAddress(null, bytes(), scopeId),
                    port);
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen bytes are an address", e);
        }
    }

    @Override
    public String toString() {
        return "[" + host() + "]:" + port;
    }
}
