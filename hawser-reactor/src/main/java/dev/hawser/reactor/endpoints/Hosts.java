package dev.hawser.reactor.endpoints;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hosts and their addresses. */
final class Hosts {

    private Hosts() {}

    /** The address that the text is; null where it is a name. */
    static @Nullable Sockaddr literal(String host, int port) {
        try {
            return host.indexOf(':') >= 0 ? SockaddrIn6.of(host, port) : SockaddrIn.of(host, port);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static Sockaddr withPort(Sockaddr address, int port) {
        return switch (address) {
            case SockaddrIn four -> new SockaddrIn(four.address(), port);
            case SockaddrIn6 six -> new SockaddrIn6(six.high(), six.low(), port, six.flowInfo(), six.scopeId());
            default -> address;
        };
    }

    /** The name as name servers have it. */
    static String ascii(String host) {
        try {
            return StandardCharsets.US_ASCII.newEncoder().canEncode(host) ? host : IDN.toASCII(host);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'" + host + "' is no host name: " + e.getMessage(), e);
        }
    }

    static String familyName(int family) {
        return family == Constants.AF_INET ? "IPv4" : family == Constants.AF_INET6 ? "IPv6" : "family " + family;
    }

    /** As in a URL. */
    static String withPort(String host, int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
