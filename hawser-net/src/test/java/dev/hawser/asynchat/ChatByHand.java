package dev.hawser.asynchat;

import static dev.hawser.socket.Constants.MSG_WAITALL;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** One end of a pair is a chat, whose loop the test turns by hand; the other one is the test's. */
@Timeout(60)
abstract class ChatByHand {

    AsyncLoop loop;
    TestChat chat;
    Socket peer;

    @BeforeEach
    void start() throws IOException {
        loop = new AsyncLoop();
        SocketPair pair = Sockets.socketPair();
        chat = new TestChat(loop, pair.first());
        chat.setTerminator("\n");
        peer = pair.second();
        peer.setTimeout(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws IOException {
        loop.close();
        peer.close();
    }

    void turn() throws IOException {
        loop.poll(Duration.ZERO);
    }

    void say(String text) throws IOException {
        peer.sendAll(text.getBytes(ISO_8859_1));
    }

    String hear(int length) throws IOException {
        return new String(peer.recv(length, MSG_WAITALL), ISO_8859_1);
    }
}
