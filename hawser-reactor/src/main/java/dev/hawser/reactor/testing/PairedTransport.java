package dev.hawser.reactor.testing;

import dev.hawser.socket.Sockaddr;

/** One end of a {@link ProtocolPair}: what is written stays until the pair is pumped. */
final class PairedTransport extends MemoryTransport {

    PairedTransport(Sockaddr host, Sockaddr peer) {
        super(host, peer);
    }

    @Override
    void wrote() {}
}
