package dev.hawser.socket.concurrency;

import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;

/** A thread that receives whatever comes, until the stream ends or the socket is closed. */
final class Draining implements Closeable {

    private final Socket socket;
    private final InThread<Long> thread;

    Draining(Socket socket) {
        this.socket = socket;
        this.thread = InThread.start(ThreadKind.VIRTUAL, this::drain);
    }

    private long drain() throws IOException {
        long received = 0;
        byte[] buffer = new byte[64 * 1024];
        for (int n = socket.recvInto(buffer); n > 0; n = socket.recvInto(buffer)) {
            received += n;
        }
        return received;
    }

    /** How many bytes came before the end. */
    long total() throws Exception {
        return thread.result();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
