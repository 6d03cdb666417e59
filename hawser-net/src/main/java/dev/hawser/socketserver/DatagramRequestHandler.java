package dev.hawser.socketserver;

import dev.hawser.socket.Socket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Handles one datagram by two streams: {@link #rfile} has what came, and what {@link #handle} writes to {@link #wfile} is sent back as one
 * datagram in {@link #finish}: also where that is nothing, an empty datagram then, and where {@link #handle} has thrown, as in Python. A handler
 * that must not answer extends {@link BaseRequestHandler}.
 *
 * <h2>For derived classes</h2>
 * {@link #packet}, {@link #socket}, {@link #rfile}, {@link #wfile}, {@link #clientAddress}, {@link #server}, from {@link #setup} on.
 *
 * <h2>To override</h2>
 * {@link #handle}; {@link #setup} and {@link #finish}, which then call these ones.
 *
 * <h2>Threading</h2>
 * As {@link BaseRequestHandler}.
 *
 * <h2>Blocking and timeouts</h2>
 * The streams are in memory and never wait. Sending waits while the kernel's buffers are full, as long as the timeout of the
 * server's socket allows.
 *
 * <h2>Errors</h2>
 * A Unix client without a name cannot be answered: {@link #finish} fails where there is something to send, and sends no empty datagram. An answer
 * that is longer than a datagram can be fails with EMSGSIZE.
 *
 * <p>Source: Python's {@code socketserver.DatagramRequestHandler}.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="datagram"}
 */
public abstract class DatagramRequestHandler extends BaseRequestHandler<DatagramRequest> {

    private final ByteArrayOutputStream wfile = new ByteArrayOutputStream();
    private @Nullable ByteArrayInputStream rfile;

    /** Made by the server, once for each datagram. */
    protected DatagramRequestHandler() {}

    /**
     * The datagram.
     *
     * @return its bytes, none for an empty one; they are this handler's own
     */
    protected final byte[] packet() {
        return request().data();
    }

    /**
     * The server's socket, to send more than one datagram, or to somebody else.
     *
     * @return the socket, not to be closed
     */
    protected final Socket socket() {
        return request().socket();
    }

    /**
     * The datagram as a stream, which ends where the datagram does.
     *
     * @return the stream
     */
    protected final ByteArrayInputStream rfile() {
        if (rfile == null) {
            rfile = new ByteArrayInputStream(packet());
        }
        return rfile;
    }

    /**
     * The answer, which is sent in {@link #finish}; {@link ByteArrayOutputStream#reset} takes back what was written.
     *
     * @return the stream
     */
    protected final ByteArrayOutputStream wfile() {
        return wfile;
    }

    /** Sends the answer. */
    @Override
    protected void finish() throws Exception {
        request().answer(wfile.toByteArray(), clientAddress());
    }
}
