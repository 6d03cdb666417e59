package dev.hawser.socket;

import static dev.hawser.socket.Constants.SOCK_DGRAM;

import java.io.IOException;

/** The kinds of datagram socket that keep one contract. */
enum DatagramKind {
    UDP4,
    UDP6,
    UNIX_PATH,
    UNIX_ABSTRACT;

    Socket bound(Scope scope) throws IOException {
        return switch (this) {
            case UDP4 -> scope.bound(SOCK_DGRAM, Scope.loopback4());
            case UDP6 -> scope.bound(SOCK_DGRAM, Scope.loopback6());
            case UNIX_PATH -> scope.bound(SOCK_DGRAM, scope.unixPath());
            case UNIX_ABSTRACT -> scope.bound(SOCK_DGRAM, Scope.unixAbstract());
        };
    }

    boolean isUdp() {
        return this == UDP4 || this == UDP6;
    }
}
