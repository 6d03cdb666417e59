package dev.hawser.socketserver;

import dev.hawser.socket.Socket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/**
 * Handles one datagram by two streams: {@link #rfile} has what came, and what {@link #handle} writes to {@link #wfile} is sent back as one
 * datagram in {@link #finish}: also an empty one, as in Python. A handler that must not answer extends {@link BaseRequestHandler}.
 */
public abstract class DatagramRequestHandler extends BaseRequestHandler<DatagramRequest> {

    private final ByteArrayOutputStream wfile = new ByteArrayOutputStream();
    private ByteArrayInputStream rfile = new ByteArrayInputStream(new byte[0]);

    /** Made by the server, once for each datagram. */
    protected DatagramRequestHandler() {}

    /**
     * The datagram.
     *
     * @return its bytes
     */
    protected final byte[] packet() {
        return request().data();
    }

    /**
     * The server's socket.
     *
     * @return the socket, not to be closed
     */
    protected final Socket socket() {
        return request().socket();
    }

    /**
     * The datagram as a stream.
     *
     * @return the stream
     */
    protected final ByteArrayInputStream rfile() {
        return rfile;
    }

    /**
     * The answer, which is sent in {@link #finish}.
     *
     * @return the stream
     */
    protected final ByteArrayOutputStream wfile() {
        return wfile;
    }

    @Override
    protected void setup() throws Exception {
        rfile = new ByteArrayInputStream(packet());
    }

    /** Sends the answer. */
    @Override
    protected void finish() throws Exception {
        socket().sendTo(wfile.toByteArray(), clientAddress());
    }
}
