package dev.hawser.reactor.endpoints;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import org.jspecify.annotations.Nullable;

/** This side's address in descriptions: with a port only where one is wanted. */
final class BindAddress {

    private BindAddress() {}

    static Sockaddr read(String text) {
        Sockaddr alone = Hosts.literal(text, 0);
        Sockaddr address = alone != null ? alone : Sockaddr.parse(text);
        if (!(address instanceof SockaddrIn) && !(address instanceof SockaddrIn6)) {
            throw new IllegalArgumentException("'" + text + "' is no IP address");
        }
        return address;
    }

    static @Nullable String write(@Nullable Sockaddr address) {
        return switch (address) {
            case null -> null;
            case SockaddrIn four when four.port() == 0 -> four.host();
            case SockaddrIn6 six when six.port() == 0 -> six.host();
            default -> address.toString();
        };
    }
}
