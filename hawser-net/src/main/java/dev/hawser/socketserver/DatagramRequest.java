package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import java.io.IOException;

/**
 * The request of a datagram server: what came, and the server's socket, to answer with.
 *
 * @param data the bytes; they are the handler's
 * @param socket the server's socket, which the handler does not close
 */
@SuppressWarnings("ArrayRecordComponent") // a fresh array for each datagram, handed over to the handler
public record DatagramRequest(byte[] data, Socket socket) {

    /**
     * Sends one datagram back, from the server's address. To a Unix client without a name nothing can be sent: an empty answer is left
     * out then.
     *
     * @param answer what to send, nothing for an empty datagram
     * @param clientAddress who sent the request
     * @throws IOException if it cannot be sent
     */
    public void answer(byte[] answer, Sockaddr clientAddress) throws IOException {
        if (!clientAddress.equals(SockaddrUn.UNNAMED)) {
            socket.sendTo(answer, clientAddress);
        } else if (answer.length > 0) {
            throw new IOException("an answer of " + answer.length
                    + " bytes for a client without a name: it must bind its socket before it sends");
        }
    }
}
