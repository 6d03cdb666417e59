package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;

/** Stream transports of a reactor: ports, connections and connectors. */
@SuppressWarnings("DoNotCallSuggester") // drafts
final class Streams {

    private Streams() {}

    static ListeningPort listenTcp(LoopReactor reactor, int port, Factory factory) throws IOException {
        throw new UnsupportedOperationException("a draft");
    }

    static ListeningPort listenTcp(LoopReactor reactor, Sockaddr address, Factory factory, ListenOptions options)
            throws IOException {
        throw new UnsupportedOperationException("a draft");
    }

    static ListeningPort listenUnix(LoopReactor reactor, SockaddrUn address, Factory factory, ListenOptions options)
            throws IOException {
        throw new UnsupportedOperationException("a draft");
    }

    static Connector connectTcp(
            LoopReactor reactor, String host, int port, ClientFactory factory, ConnectOptions options) {
        throw new UnsupportedOperationException("a draft");
    }

    static Connector connectUnix(
            LoopReactor reactor, SockaddrUn address, ClientFactory factory, ConnectOptions options) {
        throw new UnsupportedOperationException("a draft");
    }

    static ListeningPort adoptStreamPort(LoopReactor reactor, int fd, Factory factory) throws IOException {
        throw new UnsupportedOperationException("a draft");
    }

    static Transport adoptStreamConnection(LoopReactor reactor, int fd, Factory factory) throws IOException {
        throw new UnsupportedOperationException("a draft");
    }
}
