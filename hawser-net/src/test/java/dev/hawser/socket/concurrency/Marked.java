package dev.hawser.socket.concurrency;

import dev.hawser.socket.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * A stream of bytes that tells whose it is: the id first, then bytes that follow from the id and their position alone.
 * A byte of another connection, or in another place, shows.
 */
final class Marked {

    static final int MAX_CHUNK_BYTES = 2048;

    private Marked() {}

    /** Sends the id and then so many bytes, in chunks of random length. */
    static void send(Socket socket, long id, int bytes, SplittableRandom random) throws IOException {
        socket.sendAll(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
        for (int position = 0; position < bytes; ) {
            byte[] chunk = new byte[Math.min(bytes - position, 1 + random.nextInt(MAX_CHUNK_BYTES))];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = byteAt(id, position + i);
            }
            socket.sendAll(chunk);
            position += chunk.length;
        }
    }

    /** Receives the id: -1 where the stream ends before. */
    static long receiveId(Socket socket) throws IOException {
        ByteBuffer id = ByteBuffer.allocate(Long.BYTES);
        while (id.hasRemaining()) {
            if (socket.recvInto(id, 0) == 0) {
                return -1;
            }
        }
        return id.getLong(0);
    }

    /** Receives up to so many bytes and checks each: how many came before the end of the stream. */
    static int receive(Socket socket, long id, int bytes, SplittableRandom random) throws IOException {
        byte[] buffer = new byte[MAX_CHUNK_BYTES];
        int position = 0;
        while (position < bytes) {
            int room = Math.min(bytes - position, 1 + random.nextInt(MAX_CHUNK_BYTES));
            int n = socket.recvInto(buffer, 0, room, 0);
            if (n == 0) {
                return position;
            }
            check(buffer, n, id, position);
            position += n;
        }
        return position;
    }

    private static void check(byte[] buffer, int n, long id, int position) {
        for (int i = 0; i < n; i++) {
            if (buffer[i] != byteAt(id, position + i)) {
                throw new AssertionError("byte " + (position + i) + " of connection " + id + " is not its own");
            }
        }
    }

    private static byte byteAt(long id, int position) {
        long mixed = (id * 0x9E3779B97F4A7C15L + position) * 0xBF58476D1CE4E5B9L;
        return (byte) (mixed >>> 56);
    }
}
