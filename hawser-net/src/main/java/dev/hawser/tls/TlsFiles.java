package dev.hawser.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The streams that {@code makeFile} makes. */
final class TlsFiles {

    private TlsFiles() {}

    static InputStream input(TlsSocket socket) {
        return new Input(socket);
    }

    static OutputStream output(TlsSocket socket) {
        return new Output(socket);
    }

    private static void requireOpen(boolean closed) throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    private static final class Input extends InputStream {

        private final TlsSocket socket;
        private volatile boolean closed;

        Input(TlsSocket socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            requireOpen(closed);
            int n = socket.recvInto(buffer, offset, length);
            return n == 0 && length > 0 ? -1 : n;
        }

        @Override
        public int available() {
            return socket.pending();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Output extends OutputStream {

        private final TlsSocket socket;
        private volatile boolean closed;

        Output(TlsSocket socket) {
            this.socket = socket;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            requireOpen(closed);
            socket.sendAll(buffer, offset, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
