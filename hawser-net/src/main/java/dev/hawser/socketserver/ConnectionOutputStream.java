package dev.hawser.socketserver;

import dev.hawser.socket.Socket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Sends to a connection, which closing it leaves open: that is the server's. What a timeout or an interrupt has held up stays in
 * the buffer, without the part that was sent, so that no byte is sent twice; what any other failure has held up is dropped.
 */
final class ConnectionOutputStream extends OutputStream {

    private final Socket connection;
    private final byte[] buffer;
    private int count;
    private boolean closed;

    ConnectionOutputStream(Socket connection, int bufferSize) {
        this.connection = connection;
        this.buffer = new byte[bufferSize];
    }

    @Override
    public void write(int b) throws IOException {
        if (buffer.length == 0) {
            write(new byte[] {(byte) b}, 0, 1);
            return;
        }
        requireOpen();
        if (count == buffer.length) {
            flush();
        }
        buffer[count++] = (byte) b;
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, data.length);
        requireOpen();
        if (length > buffer.length - count) {
            flush();
        }
        if (length > 0 && length >= buffer.length) {
            connection.sendAll(data, offset, length, 0);
        } else {
            System.arraycopy(data, offset, buffer, count, length);
            count += length;
        }
    }

    @Override
    public void flush() throws IOException {
        if (count == 0) {
            return;
        }
        int sent = count;
        try {
            connection.sendAll(buffer, 0, count, 0);
        } catch (InterruptedIOException e) {
            sent = e.bytesTransferred;
            throw e;
        } finally {
            System.arraycopy(buffer, sent, buffer, 0, count - sent);
            count -= sent;
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("wfile is closed");
        }
    }

    /** Sends what is buffered. */
    @Override
    public void close() throws IOException {
        closed = true;
        flush();
    }
}
