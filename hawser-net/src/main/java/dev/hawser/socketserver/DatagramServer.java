package dev.hawser.socketserver;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the servers of datagrams share: a request is one datagram, and the socket to answer with. */
public interface DatagramServer extends BaseServer<DatagramRequest> {

    /**
     * The longest datagram that is taken. A longer one is not processed: {@link #handleError} is told of it, with what was cut and a
     * {@link DatagramTooLongException}.
     *
     * @return 8192, as in Python
     */
    default int maxPacketSize() {
        return 8192;
    }

    /** Datagram sockets do not listen. */
    @Override
    default void serverActivate() throws IOException {}

    /**
     * Receives a datagram, if one waits; it never waits for one, whatever the timeout of the socket is.
     *
     * @throws DatagramTooLongException if it is longer than {@link #maxPacketSize}; the loop tells {@link #handleError} of that
     */
    @Override
    default @Nullable ReceivedRequest<DatagramRequest> getRequest() throws IOException {
        return DatagramReceiving.receive(this);
    }

    /** There is nothing to close: the socket is the server's. */
    @Override
    default void closeRequest(DatagramRequest request) {}
}
