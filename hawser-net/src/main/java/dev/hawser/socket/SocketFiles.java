package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The streams that {@code makeFile} makes: each owns the descriptor together with the socket. */
final class SocketFiles {

    private SocketFiles() {}

    static InputStream input(SocketState socket) throws IOException {
        return new Input(socket, share(socket, "makeFile"));
    }

    static OutputStream output(SocketState socket) throws IOException {
        return new Output(socket, share(socket, "makeFile"));
    }

    /** A handle of the socket's descriptor, for one more owner. */
    static Handle share(SocketState socket, String operation) throws IOException {
        Handle shared = socket.handle().share();
        if (shared == null) {
            throw socket.failure(operation, "", Outcome.CLOSED);
        }
        return shared;
    }

    private static final class Input extends InputStream {

        private final SocketState socket;
        private final Handle handle;
        private final Transfers transfers;

        Input(SocketState socket, Handle handle) {
            this.socket = socket;
            this.handle = handle;
            this.transfers = new Transfers(socket, handle);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = transfers.recv(Buffers.of(buffer, offset, length), 0);
            return n == 0 && length > 0 ? -1 : n;
        }

        @Override
        public void close() throws IOException {
            SocketState.checkClosed(handle.close(socket.mayLinger()), socket.transport());
        }
    }

    private static final class Output extends OutputStream {

        private final SocketState socket;
        private final Handle handle;
        private final Transfers transfers;

        Output(SocketState socket, Handle handle) {
            this.socket = socket;
            this.handle = handle;
            this.transfers = new Transfers(socket, handle);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (length > 0) {
                transfers.sendAll(Buffers.of(buffer, offset, length), 0);
            }
        }

        @Override
        public void close() throws IOException {
            SocketState.checkClosed(handle.close(socket.mayLinger()), socket.transport());
        }
    }
}
