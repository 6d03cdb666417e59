package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.WouldBlockException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FairnessTest {

    private AsyncLoop loop;
    private TestChat chat;
    private Socket peer;

    @BeforeEach
    void start() throws IOException {
        loop = new AsyncLoop();
        SocketPair pair = Sockets.socketPair();
        chat = new TestChat(loop, pair.first());
        peer = pair.second();
    }

    @AfterEach
    void stop() throws IOException {
        loop.close();
        peer.close();
    }

    private void turn() throws IOException {
        loop.poll(Duration.ZERO);
    }

    /** Two gigabytes to send, one of them to a peer that hardly reads: each of the others has its answer within the turn. */
    @Test
    void aGigabyteOfOutputHoldsUpNobody() throws IOException {
        int part = AsyncChat.DEFAULT_BUFFER_SIZE;
        long parts = (1L << 30) / part;
        Zeros fast = new Zeros(parts, part);
        Zeros slow = new Zeros(parts, part);
        List<Socket> askers = new ArrayList<>();
        try (SocketPair slowPair = Sockets.socketPair()) {
            for (int i = 0; i < 5; i++) {
                SocketPair pair = Sockets.socketPair();
                TestChat answering = new TestChat(loop, pair.first());
                answering.setTerminator("\n");
                answering.onElement = line -> answering.push(line + " too\n");
                pair.second().setBlocking(false);
                askers.add(pair.second());
            }
            chat.pushWithProducer(fast);
            chat.closeWhenDone();
            peer.setBlocking(false);
            new TestChat(loop, slowPair.first()).pushWithProducer(slow);
            byte[] buffer = new byte[4 * part];
            long received = 0;
            int turns = 0;
            for (; chat.closes == 0; turns++) {
                Socket asker = askers.get(turns % askers.size());
                asker.sendAll("me\n".getBytes(ISO_8859_1));
                int asked = fast.asked;
                turn();
                assertThat(asker.recv(100)).isEqualTo("me too\n".getBytes(ISO_8859_1));
                assertThat(fast.asked - asked).isLessThanOrEqualTo(1);
                received += receivable(peer, buffer);
                if (turns % 1000 == 0) {
                    slowPair.second().recvInto(buffer, 0, 100, 0);
                }
            }
            received += receivable(peer, buffer);
            assertThat(received).isEqualTo(parts * part);
            assertThat(turns).as("a turn for each part, a few more").isBetween((int) parts, (int) parts * 3);
            assertThat(slow.parts).isGreaterThan(parts - 100);
        } finally {
            for (Socket asker : askers) {
                asker.close();
            }
        }
        assertThat(Arrays.asList(fast.closed, slow.closed)).containsExactly(1, 0);
    }

    /** All that has come by now. */
    private static long receivable(Socket socket, byte[] buffer) throws IOException {
        long all = 0;
        try {
            for (int n = socket.recvInto(buffer); n > 0; n = socket.recvInto(buffer)) {
                all += n;
            }
        } catch (WouldBlockException e) {
            // That was all.
        }
        return all;
    }
}
