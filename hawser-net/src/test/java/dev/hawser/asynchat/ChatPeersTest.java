package dev.hawser.asynchat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.asyncore.AsyncLoop;
import dev.hawser.asyncore.Dispatcher;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chats with programs that are not ours: CPython's asynchat at both ends, socat. */
@Timeout(60)
class ChatPeersTest {

    /** A line back for each line, in capitals; after "body N", the next N bytes, reversed. "bye" ends it. */
    private static final String PYTHON_SERVER = """
            import asynchat, asyncore, warnings
            class Shout(asynchat.async_chat):
                def __init__(self, sock):
                    super().__init__(sock)
                    self.set_terminator(b'\\r\\n')
                    self.parts = []
                def collect_incoming_data(self, data):
                    self.parts.append(data)
                def found_terminator(self):
                    data, self.parts = b''.join(self.parts), []
                    if self.get_terminator() == 0:
                        self.push_with_producer(asynchat.simple_producer(data[::-1]))
                        self.set_terminator(b'\\r\\n')
                    elif data.startswith(b'body '):
                        self.set_terminator(int(data[5:]))
                    else:
                        self.push(data.upper() + b'\\r\\n')
                        if data == b'bye':
                            self.close_when_done()
            class Server(asyncore.dispatcher):
                def handle_accepted(self, sock, address):
                    self.close()
                    Shout(sock)
            server = Server()
            server.create_socket()
            server.bind(('127.0.0.1', 0))
            server.listen(1)
            print(server.socket.getsockname()[1])
            asyncore.loop()
            print('over')
            """;

    /** Says its lines, prints what comes back, and ends with the connection. */
    private static final String PYTHON_CLIENT = """
            import asynchat, asyncore, sys
            class Client(asynchat.async_chat):
                def __init__(self, port):
                    super().__init__()
                    self.set_terminator(b'\\r\\n')
                    self.parts = []
                    self.create_socket()
                    self.connect(('127.0.0.1', port))
                def collect_incoming_data(self, data):
                    self.parts.append(data)
                def found_terminator(self):
                    print(b''.join(self.parts).decode())
                    self.parts = []
            client = Client(int(sys.argv[1]))
            client.push(b'hello\\r\\nbo')
            client.push(b'dy 5\\r\\nabcdebye\\r\\n')
            asyncore.loop()
            print('over')
            """;

    private final AsyncLoop loop = new AsyncLoop();

    ChatPeersTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        loop.close();
    }

    /** What {@link #PYTHON_SERVER} is. */
    private final class Shouting extends Dispatcher {

        private Shouting() throws IOException {
            super(loop);
            createSocket();
            bind(SockaddrIn.of("127.0.0.1", 0));
            listen(1);
        }

        String port() {
            return Integer.toString(((SockaddrIn) address()).port());
        }

        @Override
        protected void handleAccepted(Socket socket, Sockaddr peer) throws IOException {
            close();
            TestChat chat = new TestChat(loop, socket);
            chat.setTerminator("\r\n");
            chat.onElement = element -> answer(chat, element);
        }

        private static void answer(TestChat chat, String element) throws IOException {
            if (chat.getTerminator() instanceof Terminator.None) {
                chat.pushWithProducer(new SimpleProducer(
                        new StringBuilder(element)
                                .reverse()
                                .append("\r\n")
                                .toString()
                                .getBytes(ISO_8859_1),
                        2));
                chat.setTerminator("\r\n");
            } else if (element.startsWith("body ")) {
                chat.setTerminator(Long.parseLong(element.substring(5)));
            } else {
                chat.push(element.toUpperCase(Locale.ROOT) + "\r\n");
                if (element.equals("bye")) {
                    chat.closeWhenDone();
                }
            }
        }
    }

    @Test
    @RequiresProgram("python3")
    void cpythonsServerAnswersOurClient() throws Exception {
        try (Peer python = Peers.start("python3", "-W", "ignore", "-u", "-c", PYTHON_SERVER)) {
            TestChat client = new TestChat(loop);
            client.createSocket();
            client.connect(SockaddrIn.of("127.0.0.1", Integer.parseInt(python.readLine())));
            client.setTerminator("\r\n");
            client.onElement = line -> {
                if (line.equals("HELLO")) {
                    client.setTerminator(5);
                    client.push("body 5\r\nabcde");
                } else if (line.equals("edcba")) {
                    client.setTerminator("\r\n");
                    client.push("bye\r\n");
                }
            };
            client.push("hello\r\n");
            loop.loop();
            assertThat(client.elements).containsExactly("HELLO", "edcba", "BYE");
            assertThat(client.closes).isEqualTo(1);
            assertThat(python.readLine()).isEqualTo("over");
            assertThat(python.awaitExit()).isZero();
        }
    }

    @Test
    @RequiresProgram("python3")
    void ourServerAnswersCpythonsClient() throws Exception {
        String port = new Shouting().port();
        try (Peer python = Peers.start("python3", "-W", "ignore", "-u", "-c", PYTHON_CLIENT, port)) {
            loop.loop();
            assertThat(python.readLines()).containsExactly("HELLO", "edcba", "BYE", "over");
            assertThat(python.awaitExit()).isZero();
        }
    }

    /** socat shuts its side down as soon as its input ends, and then waits for the answer. */
    @Test
    @RequiresProgram("socat")
    void socatGetsItsAnswersThoughItHasNothingMoreToSay() throws Exception {
        String port = new Shouting().port();
        try (Peer socat = Peers.start("socat", "-t", "10", "-", "TCP:127.0.0.1:" + port)) {
            socat.write("one\r\ntwo\r\n".getBytes(ISO_8859_1));
            socat.closeInput();
            loop.loop();
            assertThat(socat.readLines()).containsExactly("ONE", "TWO");
            assertThat(socat.awaitExit()).isZero();
        }
    }
}
