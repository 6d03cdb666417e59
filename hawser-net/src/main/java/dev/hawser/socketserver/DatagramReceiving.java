package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.ReceivedInto;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes datagrams, and finds those that are too long. */
final class DatagramReceiving {

    private DatagramReceiving() {}

    static @Nullable ReceivedRequest<DatagramRequest> receive(DatagramServer server) throws IOException {
        byte[] buffer = new byte[maxPacketSize(server)];
        // With MSG_TRUNC the count is the true length, whatever has been cut.
        ReceivedInto received =
                server.socket().recvFromInto(buffer, 0, buffer.length, Constants.MSG_DONTWAIT | Constants.MSG_TRUNC);
        Sockaddr sender = received.address() == null ? SockaddrUn.UNNAMED : received.address();
        byte[] data = Arrays.copyOf(buffer, Math.min(received.count(), buffer.length));
        DatagramRequest request = new DatagramRequest(data, server.socket());
        if (received.count() > buffer.length) {
            throw new DatagramTooLongException(received.count(), request, sender);
        }
        return new ReceivedRequest<>(request, sender);
    }

    private static int maxPacketSize(DatagramServer server) {
        int size = server.maxPacketSize();
        if (size <= 0) {
            throw new IllegalArgumentException("maxPacketSize() is more than zero, not " + size);
        }
        return size;
    }
}
