package dev.hawser.reactor;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import java.io.IOException;
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
            for (int i = 0; i < MOST_PIECES && socket.recvInto(buffer.clear(), Constants.MSG_DONTWAIT) > 0; i++) {
                connection.received(buffer.flip());
            }
        } catch (IOException e) {
            // That was all: the connection is known to be broken.
        }
    }
}
