package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;

/** A datagram was longer than {@link DatagramServer#maxPacketSize}, and was not processed. */
public final class DatagramTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Bytes. */
    private final int length;

    /** What has come of it, which nobody needs who reads the exception elsewhere. */
    private final transient DatagramRequest cut;

    /** Who has sent it. */
    private final Sockaddr clientAddress;

    DatagramTooLongException(int length, DatagramRequest cut, Sockaddr clientAddress) {
        super("a datagram of " + length + " bytes from " + clientAddress + ", of which maxPacketSize() takes "
                + cut.data().length);
        this.length = length;
        this.cut = cut;
        this.clientAddress = clientAddress;
    }

    /**
     * Its true length.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    /**
     * Who has sent it.
     *
     * @return the address
     */
    public Sockaddr clientAddress() {
        return clientAddress;
    }

    void reportTo(BaseServer<?> server) {
        if (server instanceof DatagramServer datagrams) {
            datagrams.handleError(cut, clientAddress, this);
        } else {
            ServerLog.failed(clientAddress, this);
        }
    }
}
