package dev.hawser.socketserver;

import dev.hawser.socket.Received;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes datagrams, and finds those that are too long. */
final class DatagramReceiving {

    private DatagramReceiving() {}

    static @Nullable ReceivedRequest<DatagramRequest> receive(DatagramServer server) throws IOException {
        Received received = server.socket().recvFrom(server.maxPacketSize());
        Sockaddr client = received.address() == null ? SockaddrUn.UNNAMED : received.address();
        return new ReceivedRequest<>(new DatagramRequest(received.data(), server.socket()), client);
    }
}
