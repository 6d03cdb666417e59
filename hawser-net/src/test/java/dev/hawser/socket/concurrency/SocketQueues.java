package dev.hawser.socket.concurrency;

import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_PEEK;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;

/** Looks into a socket's receive queue past those who wait for it. */
final class SocketQueues {

    private SocketQueues() {}

    static boolean isEmpty(Socket socket) throws IOException {
        return length(socket, 1) == 0;
    }

    /** How many bytes lie in the queue, at most so many. */
    static int length(Socket socket, int maxBytes) throws IOException {
        // Through a duplicate: the socket itself lets in one reader at a time.
        try (Socket beside = Sockets.fromFd(socket.fileno())) {
            return beside.recv(maxBytes, MSG_PEEK | MSG_DONTWAIT).length;
        } catch (WouldBlockException e) {
            return 0;
        }
    }

    static void awaitLength(Socket socket, int bytes) {
        Await.until(bytes + " bytes queued", () -> length(socket, bytes) == bytes);
    }
}
