package dev.hawser.socketserver;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.socket.Constants;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.Socket;
import dev.hawser.socket.TimedOutException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, buffered, as bytes or by lines: {@link StreamRequestHandler#rfile}. Closing it does not close the connection,
 * which is the server's.
 *
 * <h2>Threading</h2>
 * For one thread at a time.
 *
 * <h2>Blocking and timeouts</h2>
 * A read waits until there is at least one byte, as long as the connection's timeout allows. A line has one timeout for all of it, so that a
 * client that sends a byte now and then holds up nobody for longer: it ends with the first byte that comes after the timeout, or for want of
 * one. A read that has timed out or was interrupted has lost nothing, a line neither: it may be repeated.
 *
 * <h2>Errors</h2>
 * Those of {@link Socket#recv}; {@link LineTooLongException}.
 *
 * {@snippet file="dev/hawser/socketserver/SocketserverSnippetsTest.java" region="lines"}
 */
public final class LineInputStream extends InputStream {

    private static final byte[] NOTHING = new byte[0];

    private final Socket connection;
    /** The most bytes that are asked for ahead; 1 for none ahead. */
    private final int bufferSize;

    private final int maxLineBytes;
    private final Sockaddr client;
    private byte[] buffer = NOTHING;
    private int position;
    private int end;
    private boolean closed;

    LineInputStream(Socket connection, Sockaddr client, int bufferSize, int maxLineBytes) {
        this.connection = connection;
        this.client = client;
        this.bufferSize = Math.max(1, bufferSize);
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Reads a line with the newline that ends it.
     *
     * @return the line; without a newline where the stream has ended without one; empty at the end
     * @throws LineTooLongException if there are {@link StreamRequestHandler#maxLineBytes} without a newline; they can still be read
     * @throws IOException if a read fails
     */
    public byte[] readLine() throws IOException {
        int length = findLine(maxLineBytes);
        if (length == maxLineBytes && buffer[position + length - 1] != '\n') {
            throw new LineTooLongException(maxLineBytes);
        }
        return take(length);
    }

    /**
     * Reads a line with the newline that ends it, or a part of it.
     *
     * @param maxBytes the most bytes to read, with the newline; of a longer line the rest is read by the next call
     * @return the line; without a newline where there were more bytes or no more at all; empty at the end
     * @throws IOException if a read fails
     */
    public byte[] readLine(int maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is negative: " + maxBytes);
        }
        return take(findLine(maxBytes));
    }

    /**
     * Reads a line as text, without the newline, or carriage return and newline, that end it.
     *
     * @param charset the text's encoding; what is no text in it becomes U+FFFD
     * @return the line; null at the end
     * @throws LineTooLongException if there are {@link StreamRequestHandler#maxLineBytes} without a newline; they can still be read
     * @throws IOException if a read fails
     */
    public @Nullable String readLine(Charset charset) throws IOException {
        byte[] line = readLine();
        if (line.length == 0) {
            return null;
        }
        int length = line.length;
        if (line[length - 1] == '\n') {
            length -= length > 1 && line[length - 2] == '\r' ? 2 : 1;
        }
        return new String(line, 0, length, charset);
    }

    /** Has the buffer hold a line, or maxBytes of it, or all that was left, and tells how long that is. */
    private int findLine(int maxBytes) throws IOException {
        requireOpen();
        int scanned = 0;
        long deadline = Deadline.NEVER;
        while (scanned < maxBytes) {
            if (position + scanned == end) {
                deadline = scanned == 0 || deadline == Deadline.NEVER ? deadline() : requireBefore(deadline, scanned);
                if (!fill()) {
                    return scanned;
                }
            }
            int limit = Math.min(end - position, maxBytes);
            for (; scanned < limit; scanned++) {
                if (buffer[position + scanned] == '\n') {
                    return scanned + 1;
                }
            }
        }
        return maxBytes;
    }

    private long deadline() {
        return Deadline.after(Timeouts.nanos(connection.getTimeout()));
    }

    /** A client that sends a byte now and then lets no single receive time out. */
    private long requireBefore(long deadline, int received) throws IOException {
        if (deadline != Deadline.NOW && Deadline.remainingNanos(deadline) <= 0) {
            String transport = connection.family() == Constants.AF_UNIX ? "unix" : "tcp";
            String reason = "timed out with " + received + " bytes of a line, which has not ended";
            throw new TimedOutException(new ErrorDetails("readLine", transport, null, client, null, 0, reason));
        }
        return deadline;
    }

    private byte[] take(int length) {
        byte[] taken = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return taken;
    }

    /** Receives more, behind what is there; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = 0;
        }
        if (end == buffer.length) {
            makeRoom();
        }
        int n = connection.recvInto(buffer, end, Math.min(bufferSize, buffer.length - end), 0);
        end += n;
        return n > 0;
    }

    private void makeRoom() {
        int length = end - position;
        int size = Math.max(bufferSize, length > buffer.length / 2 ? Math.multiplyExact(length, 2) : buffer.length);
        byte[] roomier = size == buffer.length ? buffer : new byte[size];
        System.arraycopy(buffer, position, roomier, 0, length);
        buffer = roomier;
        position = 0;
        end = length;
    }

    @Override
    public int read() throws IOException {
        requireOpen();
        return position == end && !fill() ? -1 : buffer[position++] & 0xff;
    }

    /** Reads what is buffered; where nothing is, as much as the client has sent. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        requireOpen();
        if (length == 0) {
            return 0;
        }
        if (position == end && length >= bufferSize) {
            int n = connection.recvInto(into, offset, length, 0);
            return n == 0 ? -1 : n;
        }
        if (position == end && !fill()) {
            return -1;
        }
        int n = Math.min(length, end - position);
        System.arraycopy(buffer, position, into, offset, n);
        position += n;
        return n;
    }

    /**
     * How much is buffered.
     *
     * @return bytes that can be read without asking the kernel
     */
    @Override
    public int available() throws IOException {
        requireOpen();
        return end - position;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("rfile is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        buffer = NOTHING;
        position = 0;
        end = 0;
    }
}
