package dev.hawser.reactor.endpoints;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;

/** The addresses of Unix sockets in descriptions: a path, or an abstract name behind an {@code @}. */
final class UnixAddress {

    private static final String SCHEME = "unix:";

    private UnixAddress() {}

    static SockaddrUn read(String text) {
        Sockaddr address = Sockaddr.parse(SCHEME + text);
        return (SockaddrUn) address;
    }

    static String write(SockaddrUn address) {
        return address.toString().substring(SCHEME.length());
    }
}
