package dev.hawser.socket;

import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.socket.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Bytes to send, and how to receive them. */
final class Bytes {

    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Bytes in which every displacement shows. */
    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** As many bytes as were asked for, or those up to the end of the stream. */
    static byte[] recvExactly(Socket socket, int length) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < length) {
            byte[] part = socket.recv(Math.min(length - all.size(), 64 * 1024));
            if (part.length == 0) {
                break;
            }
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] recvToEnd(Socket socket) throws IOException {
        return recvExactly(socket, Integer.MAX_VALUE);
    }

    /** Waits until this many bytes lie in the kernel's receive buffer, and leaves them there. */
    static void awaitQueued(Socket socket, int length) {
        eventually().untilAsserted(() -> assertThat(queued(socket, length)).isEqualTo(length));
    }

    private static int queued(Socket socket, int length) throws IOException {
        try {
            return socket.recv(length, MSG_PEEK | MSG_DONTWAIT).length;
        } catch (WouldBlockException e) {
            return 0;
        }
    }

    /** Sends without waiting until the kernel takes no more: how many bytes it took. */
    static int fill(Socket socket) throws IOException {
        byte[] chunk = new byte[16 * 1024];
        int sent = 0;
        try {
            for (; ; ) {
                sent += socket.send(chunk, 0, chunk.length, MSG_DONTWAIT);
            }
        } catch (WouldBlockException e) {
            return sent;
        }
    }
}
