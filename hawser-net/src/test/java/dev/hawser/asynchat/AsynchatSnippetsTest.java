package dev.hawser.asynchat;

import static dev.hawser.socket.Constants.MSG_WAITALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.asyncore.Dispatcher;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the Javadoc, compiled and run. */
@Timeout(60)
class AsynchatSnippetsTest {

    // @start region="lines"
    /** Sends back each line in capitals, until one says bye. */
    static final class Shout extends AsyncChat {

        Shout(AsyncLoop loop, Socket socket) throws IOException {
            super(loop, socket);
            setTerminator("\n".getBytes(UTF_8));
            setMaxElementBytes(1000);
        }

        @Override
        protected void foundTerminator() throws IOException {
            String line = new String(takeCollected(), UTF_8);
            push((line.toUpperCase(Locale.ROOT) + "\n").getBytes(UTF_8));
            if (line.equals("bye")) {
                closeWhenDone();
            }
        }
    }

    static final class Server extends Dispatcher {

        Server(AsyncLoop loop, Sockaddr address) throws IOException {
            super(loop);
            createSocket();
            bind(address);
            listen(100);
        }

        @Override
        protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
            new Shout(loop(), socket);
        }
    }
    // @end

    @Test
    void linesComeBackInCapitals() throws Exception {
        try (AsyncLoop loop = new AsyncLoop()) {
            Server server = new Server(loop, SockaddrIn.of("127.0.0.1", 0));
            Tasks<Void> running = Tasks.run(loop::loop);
            try (Socket client = Sockets.createConnection("127.0.0.1", ((SockaddrIn) server.address()).port())) {
                client.sendAll("hello\nbye\n".getBytes(UTF_8));
                assertThat(client.recv(100, MSG_WAITALL)).asString(UTF_8).isEqualTo("HELLO\nBYE\n");
            }
            server.close();
            running.result(); // nobody is left
        }
    }

    // @start region="producer"
    /** Answers a request with a length and that many bytes of a file, of which one buffer is in memory at a time. */
    static void sendFile(AsyncChat chat, Path file) throws IOException {
        chat.push((Files.size(file) + "\n").getBytes(UTF_8));
        chat.pushWithProducer(StreamProducer.of(file));
        chat.closeWhenDone();
    }
    // @end

    @Test
    void aFileIsSentByAProducer(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x".repeat(1_000_000));
        try (AsyncLoop loop = new AsyncLoop();
                EchoServer server = new EchoServer()) {
            TestChat chat = new TestChat(loop);
            chat.createSocket();
            chat.connect(server.address());
            sendFile(chat, file);
            loop.loop();
            assertThat(server.received()).startsWith("1000000\nxx").hasSize(1_000_008);
        }
    }
}
