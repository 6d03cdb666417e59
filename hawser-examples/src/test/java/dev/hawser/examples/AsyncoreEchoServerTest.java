package dev.hawser.examples;

import static dev.hawser.socket.Constants.MSG_WAITALL;
import static dev.hawser.socket.Constants.SHUT_WR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.BindFailedException;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TimedOutException;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncoreEchoServerTest {

    @AutoClose
    private final RunningServer running =
            new RunningServer(out -> new AsyncoreEchoServer(SockaddrIn.of("127.0.0.1", 0), out));

    AsyncoreEchoServerTest() throws IOException {}

    private Socket connect() throws IOException {
        Socket client = Sockets.createConnection("127.0.0.1", running.port());
        client.setTimeout(Duration.ofSeconds(10));
        return client;
    }

    @Test
    void severalClientsAreServedAtOnce() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            second.sendAll("two".getBytes(UTF_8));
            assertThat(second.recv(3, MSG_WAITALL)).asString(UTF_8).isEqualTo("two");
            first.sendAll("one".getBytes(UTF_8));
            assertThat(first.recv(3, MSG_WAITALL)).asString(UTF_8).isEqualTo("one");
            await().untilAsserted(() -> assertThat(running.server().served()).isEqualTo("2 clients"));
            await().untilAsserted(() ->
                    assertThat(running.log()).contains("Incoming connection from " + first.getSockName()));
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromEitherAndGetsAllInTheEnd() throws IOException {
        try (Socket client = connect()) {
            client.setTimeout(Duration.ofMillis(200));
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            long sent = 0;
            try {
                while (sent < 1L << 30) {
                    sent += client.send(block);
                }
            } catch (TimedOutException full) {
                assertThat(sent).isPositive();
            }
            assertThat(sent)
                    .as("both kernel buffers, and not the heap of the server")
                    .isLessThan(1L << 30);
            client.shutdown(SHUT_WR);
            client.setTimeout(Duration.ofSeconds(10));
            long received = 0;
            for (int n = client.recvInto(block); n > 0; n = client.recvInto(block)) {
                received += n;
            }
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatHasItsWordsBack() throws Exception {
        try (Peer socat = Peers.start("socat", "-t", "10", "-", "TCP:127.0.0.1:" + running.port())) {
            socat.writeLine("网络编程");
            assertThat(socat.readLine()).isEqualTo("网络编程");
            socat.writeLine("bye");
            socat.closeInput();
            assertThat(socat.readLines()).containsExactly("bye");
        }
    }

    @Test
    @RequiresProgram("curl")
    void curlHasItsWordsBack() throws Exception {
        try (Peer curl = Peers.start("curl", "-sN", "telnet://127.0.0.1:" + running.port())) {
            curl.writeLine("hello");
            curl.closeInput(); // of a pipe curl reads with calls that wait, and prints nothing meanwhile
            assertThat(curl.readLine()).isEqualTo("hello");
        }
    }

    @Test
    @RequiresProgram("python3")
    void cpythonsAsyncoreHasItsWordsBack() throws Exception {
        try (Peer python = Peers.start("python3", "-W", "ignore", "-u", "-c", """
                import asyncore, sys
                class Client(asyncore.dispatcher_with_send):
                    def handle_connect(self):
                        self.send(b'from python')
                    def handle_read(self):
                        print(self.recv(100).decode())
                        self.close()
                client = Client()
                client.create_socket()
                client.connect(('127.0.0.1', int(sys.argv[1])))
                asyncore.loop()
                """, Integer.toString(running.port()))) {
            assertThat(python.readLines()).containsExactly("from python");
        }
    }

    @Test
    void aServerThatIsClosedBeforeItServesIsNoFailure() throws IOException {
        AsyncoreEchoServer server = new AsyncoreEchoServer(SockaddrIn.of("127.0.0.1", 0), System.out);
        server.close();
        server.serve();
        assertThat(server.served()).isEqualTo("0 clients");
    }

    @Test
    void aPortInUseLeavesNothingOpen() {
        assertThatThrownBy(() -> new AsyncoreEchoServer(running.server().address(), System.out))
                .isInstanceOf(BindFailedException.class);
    }

    @Test
    void asAProgramItSaysWhereItListens() throws Exception {
        try (Peer program = Jvm.start(AsyncoreEchoServer.class, "127.0.0.1:0")) {
            String line = program.readLine();
            assertThat(line).startsWith("echo on 127.0.0.1:");
            try (Socket client = Sockets.createConnection(
                    "127.0.0.1", HostPort.parse(line.substring(8)).port())) {
                client.sendAll("x".getBytes(UTF_8));
                assertThat(client.recv(1)).asString(UTF_8).isEqualTo("x");
                await().until(() -> program.readLine().startsWith("Incoming connection from"));
            }
        }
    }
}
