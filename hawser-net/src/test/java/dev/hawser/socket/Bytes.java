package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.MSG_DONTWAIT;
import static dev.hawser.socket.Constants.MSG_PEEK;
import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Bytes to send, and how to receive them. */
public final class Bytes {

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
    public static int fill(Socket socket, int chunkBytes) throws IOException {
        byte[] chunk = new byte[chunkBytes];
        int sent = 0;
        try {
            for (; ; ) {
                sent += socket.send(chunk, 0, chunk.length, MSG_DONTWAIT);
            }
        } catch (WouldBlockException e) {
            return sent;
        }
    }

    /**
     * Fills until there is no room for one more byte, and none comes, for TCP makes some when what is under way arrives: how
     * many bytes the kernel took.
     */
    public static int fillForGood(Socket socket, int chunkBytes) {
        Duration quiet = socket.family() == AF_UNIX ? Duration.ZERO : Duration.ofMillis(100);
        AtomicInteger sent = new AtomicInteger();
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .during(quiet)
                .until(() -> {
                    int more = fill(socket, chunkBytes) + fill(socket, 1);
                    return sent.getAndAdd(more) >= 0 && more == 0;
                });
        return sent.get();
    }
}
