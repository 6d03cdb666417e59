package dev.hawser.netlink;

import dev.hawser.socket.Constants;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IPv4 and IPv6 addresses in messages. */
final class InetBytes {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private InetBytes() {}

    static boolean isInternet(int family) {
        return family == Constants.AF_INET || family == Constants.AF_INET6;
    }

    static InetAddress unspecified(int family) throws MalformedNetlinkException {
        return address(new byte[family == Constants.AF_INET ? IPV4_BYTES : IPV6_BYTES]);
    }

    static @Nullable InetAddress address(@Nullable WireBytes bytes) throws MalformedNetlinkException {
        return bytes == null ? null : address(bytes.array());
    }

    /** An IPv6 address stays one, also where it is an IPv4 address in disguise. */
    static InetAddress address(byte[] bytes) throws MalformedNetlinkException {
        try {
            return switch (bytes.length) {
                case IPV4_BYTES -> Inet4Address.getByAddress(bytes);
                case IPV6_BYTES -> Inet6Address.getByAddress(null, bytes, -1);
                default -> throw new MalformedNetlinkException("an address of " + bytes.length + " bytes");
            };
        } catch (UnknownHostException e) {
            throw new AssertionError("four or sixteen bytes are an address", e);
        }
    }
}
