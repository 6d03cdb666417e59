package dev.hawser.socket;

import static dev.hawser.socket.Constants.SOCK_STREAM;

import java.io.IOException;

/** The kinds of stream socket that keep one contract. */
enum StreamKind {
    TCP4,
    TCP6,
    UNIX_PATH,
    UNIX_ABSTRACT,
    SOCKET_PAIR;

    /** A connection, the client first. */
    SocketPair connect(Scope scope) throws IOException {
        return switch (this) {
            case TCP4 -> scope.connect(Scope.loopback4(), SOCK_STREAM);
            case TCP6 -> scope.connect(Scope.loopback6(), SOCK_STREAM);
            case UNIX_PATH -> scope.connect(scope.unixPath(), SOCK_STREAM);
            case UNIX_ABSTRACT -> scope.connect(Scope.unixAbstract(), SOCK_STREAM);
            case SOCKET_PAIR -> scope.pair(SOCK_STREAM);
        };
    }

    boolean isTcp() {
        return this == TCP4 || this == TCP6;
    }
}
