package dev.hawser.asyncore;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNIX;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.util.UUID;

/** What connections are made over. */
enum Family {
    TCP4(AF_INET),
    TCP6(AF_INET6),
    UNIX(AF_UNIX);

    private final int number;

    Family(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isTcp() {
        return this != UNIX;
    }

    /** A free address to bind to. */
    Sockaddr address() {
        return switch (this) {
            case TCP4 -> SockaddrIn.of("127.0.0.1", 0);
            case TCP6 -> SockaddrIn6.of("::1", 0);
            case UNIX -> SockaddrUn.ofAbstract("hawser-" + UUID.randomUUID());
        };
    }
}
