package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Handles one connection by two streams, {@link #rfile} and {@link #wfile}. */
public abstract class StreamRequestHandler extends BaseRequestHandler<Socket> {

    private @Nullable LineInputStream rfile;
    private @Nullable OutputStream wfile;

    /** Made by the server, once for each connection. */
    protected StreamRequestHandler() {}

    /**
     * The connection.
     *
     * @return the same as {@link #request}
     */
    protected final Socket connection() {
        return request();
    }

    /**
     * What the client sends, buffered.
     *
     * @return the stream
     */
    protected final LineInputStream rfile() {
        if (rfile == null) {
            throw new IllegalStateException("rfile() is there after StreamRequestHandler.setup()");
        }
        return rfile;
    }

    /**
     * What the client gets; buffered where {@link #wbufsize} says so.
     *
     * @return the stream
     */
    protected final OutputStream wfile() {
        if (wfile == null) {
            throw new IllegalStateException("wfile() is there after StreamRequestHandler.setup()");
        }
        return wfile;
    }

    /**
     * How long to wait for the client, in one call.
     *
     * @return null for the server's {@link StreamServer#idleTimeout}
     */
    protected @Nullable Duration timeout() {
        return null;
    }

    /**
     * Whether small packets are sent at once (TCP_NODELAY).
     *
     * @return false
     */
    protected boolean disableNagle() {
        return false;
    }

    /**
     * The size of the buffer of {@link #wfile}.
     *
     * @return bytes; 0, as in Python: none, each write is sent at once
     */
    protected int wbufsize() {
        return 0;
    }

    /** Opens the streams. */
    @Override
    protected void setup() throws Exception {
        if (timeout() != null) {
            connection().setTimeout(timeout());
        }
        if (disableNagle()) {
            connection().setSockOpt(Constants.IPPROTO_TCP, Constants.TCP_NODELAY, 1);
        }
        InputStream in = connection().makeFileInput();
        rfile = new LineInputStream(in);
        OutputStream out = connection().makeFileOutput();
        wfile = wbufsize() == 0 ? out : new BufferedOutputStream(out, wbufsize());
    }

    /** Flushes what is buffered, where the client is still there, and closes the streams. */
    @Override
    protected void finish() throws Exception {
        try {
            wfile().flush();
        } catch (IOException e) {
            // The client has gone: as in Python, that is no error here.
        } finally {
            ServerLog.close(wfile());
            ServerLog.close(rfile());
        }
    }
}
