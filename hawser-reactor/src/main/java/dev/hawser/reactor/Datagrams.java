package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;

/** Datagram transports of a reactor. */
@SuppressWarnings("DoNotCallSuggester") // drafts
final class Datagrams {

    private Datagrams() {}

    static DatagramTransport listenUdp(
            LoopReactor reactor, Sockaddr address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        throw new UnsupportedOperationException("a draft");
    }

    static DatagramTransport listenUnixDatagram(
            LoopReactor reactor, SockaddrUn address, DatagramProtocol protocol, DatagramOptions options)
            throws IOException {
        throw new UnsupportedOperationException("a draft");
    }
}
