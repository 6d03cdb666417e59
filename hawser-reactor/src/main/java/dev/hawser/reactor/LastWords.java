package dev.hawser.reactor;

import dev.hawser.socket.Constants;
import dev.hawser.socket.ReceivedMessageInto;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** What a peer has sent before it stopped to receive: it is told before the end is. */
final class LastWords {

    private static final int PIECE_BYTES = 64 * 1024;

    /** A peer that goes on and on, and takes nothing, is not listened to for ever. */
    private static final int MOST_PIECES = 64;

    private LastWords() {}

    static void receive(Socket socket, StreamConnection connection) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
        try {
            for (int i = 0; i < MOST_PIECES && receivePiece(socket, connection, buffer.clear()); i++) {}
        } catch (IOException e) {
            // That was all: the connection is known to be broken.
        }
    }

    private static boolean receivePiece(Socket socket, StreamConnection connection, ByteBuffer buffer)
            throws IOException {
        if (!connection.takesDescriptors()) {
            int count = socket.recvInto(buffer, Constants.MSG_DONTWAIT);
            if (count > 0) {
                connection.received(buffer.flip());
            }
            return count > 0;
        }
        ReceivedMessageInto message = DescriptorPassing.receive(socket, MemorySegment.ofBuffer(buffer));
        boolean more = message.count() > 0;
        if (more) {
            connection.received(buffer.limit(message.count()), message.descriptors(), message.isControlTruncated());
        }
        return more;
    }
}
