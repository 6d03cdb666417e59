package dev.hawser.socketserver;

import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.NoRouteException;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Handles one connection by two streams: {@link #rfile} has what the client sends, and what is written to {@link #wfile} goes to it. The
 * server closes the connection when {@link #handle} has returned, so that one connection is one request; a handler that serves
 * several, one after another, has a loop in {@link #handle}.
 *
 * <h2>For derived classes</h2>
 * {@link #connection}, {@link #rfile}, {@link #wfile}, {@link #clientAddress}, {@link #server}. The streams are there from {@link #setup} on.
 * Both are on the connection itself: they own nothing that would have to be closed, and {@link BaseServer#closeClients} wakes a thread that
 * waits in one.
 *
 * <h2>To override</h2>
 * {@link #handle}; {@link #timeout}, {@link #disableNagle}, {@link #rbufsize}, {@link #wbufsize}, {@link #maxLineBytes}; {@link #setup} and
 * {@link #finish}, which then call these ones.
 *
 * <h2>Threading</h2>
 * As {@link BaseRequestHandler}.
 *
 * <h2>Blocking and timeouts</h2>
 * Each read, each line and each write may wait for {@link #timeout}, or the server's {@link StreamServer#idleTimeout}. It is a limit for one
 * call, not for the request: a client that sends a byte at a time is cut where a line is awaited, but keeps a handler that reads bytes for as
 * long as it likes. {@link BaseServer#closeClients} and {@link ThreadingMixIn#maxRequests} are the guards against that.
 *
 * <h2>Errors</h2>
 * Those of {@link Socket}: a {@link dev.hawser.socket.TimedOutException} after the timeout, a {@link ConnectionBrokenException} where the
 * client has gone; {@link LineTooLongException}. Uncaught, they go to {@link BaseServer#handleError}.
 *
 * <p>Source: Python's {@code socketserver.StreamRequestHandler}.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="stream"}
 */
public abstract class StreamRequestHandler extends BaseRequestHandler<Socket> {

    /** What Python's -1 stands for. */
    private static final int DEFAULT_BUFFER_SIZE = 8192;

    /** {@link #maxLineBytes}. */
    static final int MAX_LINE_BYTES = 65_536;

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
     * What the client sends, buffered. Who reads from {@link #connection} as well misses what is in the buffer, see {@link #rbufsize}.
     *
     * @return the stream
     */
    protected final LineInputStream rfile() {
        if (rfile == null) {
            throw tooEarly("rfile()");
        }
        return rfile;
    }

    /**
     * What the client gets: each write sends all of its bytes before it returns, unless {@link #wbufsize} says otherwise.
     *
     * @return the stream
     */
    protected final OutputStream wfile() {
        if (wfile == null) {
            throw tooEarly("wfile()");
        }
        return wfile;
    }

    private IllegalStateException tooEarly(String what) {
        return new IllegalStateException(getClass().getName() + " has no " + what
                + " yet: StreamRequestHandler.setup() makes it, call super.setup()");
    }

    /**
     * How long to wait for the client, in one call; the connection's timeout.
     *
     * @return null for the server's {@link StreamServer#idleTimeout}
     */
    protected @Nullable Duration timeout() {
        return null;
    }

    /**
     * Whether small packets are sent at once (TCP_NODELAY). It is for TCP alone: on a Unix socket {@link #setup} fails with EOPNOTSUPP.
     *
     * @return false
     */
    protected boolean disableNagle() {
        return false;
    }

    /**
     * The size of the buffer of {@link #rfile}.
     *
     * @return bytes; -1, as in Python, for the default of 8192; 0 for none, where something else reads the connection after {@code rfile}
     */
    protected int rbufsize() {
        return -1;
    }

    /**
     * The size of the buffer of {@link #wfile}.
     *
     * @return bytes; 0, as in Python, for none: each write is sent at once; -1 for 8192
     */
    protected int wbufsize() {
        return 0;
    }

    /**
     * The longest line that {@link LineInputStream#readLine()} reads.
     *
     * @return bytes, with the newline; 65536
     */
    protected int maxLineBytes() {
        return MAX_LINE_BYTES;
    }

    /** Sets the options, and opens the streams. */
    @Override
    protected void setup() throws Exception {
        Duration timeout = timeout();
        if (timeout != null) {
            connection().setTimeout(timeout);
        }
        if (disableNagle()) {
            connection().setSockOpt(Constants.IPPROTO_TCP, Constants.TCP_NODELAY, 1);
        }
        rfile = new LineInputStream(
                connection(),
                clientAddress(),
                bufferSize("rbufsize()", rbufsize()),
                atLeast(1, "maxLineBytes()", maxLineBytes()));
        wfile = new ConnectionOutputStream(connection(), bufferSize("wbufsize()", wbufsize()));
    }

    private static int bufferSize(String name, int size) {
        return size == -1 ? DEFAULT_BUFFER_SIZE : atLeast(0, name, size);
    }

    private static int atLeast(int least, String name, int number) {
        if (number < least) {
            throw new IllegalArgumentException(name + " is " + number + ", less than " + least);
        }
        return number;
    }

    /**
     * Sends what is buffered. That the client has gone meanwhile is no error here, as in Python; anything else is.
     *
     * @throws IOException if it cannot be sent for another reason: the client takes nothing for too long, this program has closed the
     *     connection
     */
    @Override
    protected void finish() throws Exception {
        if (wfile == null) {
            return;
        }
        try {
            wfile.flush();
        } catch (ConnectionBrokenException | NoRouteException clientHasGone) {
            // It does not matter to anybody any more.
        }
    }
}
