package dev.hawser.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.asyncore.Dispatcher.State;
import dev.hawser.asyncore.Probe.Event;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CPythonTable;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** CPython's asyncore at the other end, and what its tests ask for. */
@RequiresProgram("python3")
class CPythonAsyncoreTest extends Loops {

    private static final int MANY = 3_000_000;

    CPythonAsyncoreTest() {
        super(Backend.EPOLL, Family.TCP4);
    }

    @Test
    void everyTestOfCPythonIsAnswered() throws Exception {
        assertThat(CPythonTable.problems(getClass(), "test.test_asyncore")).isEmpty();
    }

    /** Sends back what it receives. */
    private static final class Echo extends DispatcherWithSend {

        Echo(AsyncLoop loop, Socket socket) throws IOException {
            super(loop, socket);
        }

        @Override
        protected void handleRead() throws IOException {
            send(recv(65_536));
        }
    }

    @Test
    void aClientOfCPythonsIsServed() throws Exception {
        Probe listener = listener();
        listener.on(Event.ACCEPTED, () -> new Echo(loop, listener.accepted.getLast()));
        try (Peer python = Peers.start(
                "python3",
                "-W",
                "ignore",
                "-c",
                """
                import asyncore, hashlib, os, sys
                class Client(asyncore.dispatcher):
                    def __init__(self, port, size):
                        asyncore.dispatcher.__init__(self)
                        self.out, self.back = os.urandom(size), b''
                        self.want, self.count = hashlib.sha256(self.out).hexdigest(), size
                        self.create_socket()
                        self.connect(('127.0.0.1', port))
                    def handle_connect(self):
                        pass
                    def writable(self):
                        return len(self.out) > 0
                    def handle_write(self):
                        self.out = self.out[self.send(self.out[:100000]):]
                    def handle_read(self):
                        self.back += self.recv(100000)
                        if len(self.back) == self.count:
                            print(hashlib.sha256(self.back).hexdigest() == self.want)
                            self.close()
                for _ in range(3):
                    Client(int(sys.argv[1]), int(sys.argv[2]))
                asyncore.loop()
                """,
                Integer.toString(((SockaddrIn) listener.socket().getSockName()).port()),
                Integer.toString(MANY / 3))) {
            loopUntil(() ->
                    listener.accepted.size() == 3 && listener.accepted.stream().allMatch(Socket::isClosed));

            assertThat(python.readLines()).containsExactly("True", "True", "True");
            assertThat(python.awaitExit()).isZero();
        }
        assertThat(listener.errors).isEmpty();
    }

    /** Receives a number of bytes, and then closes. */
    private static final class Collecting extends DispatcherWithSend {

        final ByteArrayOutputStream received = new ByteArrayOutputStream();

        Collecting(AsyncLoop loop) {
            super(loop);
        }

        @Override
        protected void handleRead() throws IOException {
            received.write(recv(65_536));
            if (received.size() == MANY) {
                close();
            }
        }
    }

    @Test
    void aServerOfCPythonsServes() throws Exception {
        byte[] data = new byte[MANY];
        new Random(42).nextBytes(data);
        try (Peer python = Peers.start("python3", "-u", "-W", "ignore", "-c", """
                import asyncore
                class Echo(asyncore.dispatcher_with_send):
                    def handle_read(self):
                        self.send(self.recv(65536))
                    def handle_close(self):
                        self.close()
                        server.close()
                class Server(asyncore.dispatcher):
                    def __init__(self):
                        asyncore.dispatcher.__init__(self)
                        self.create_socket()
                        self.bind(('127.0.0.1', 0))
                        self.listen(5)
                    def handle_accepted(self, sock, addr):
                        Echo(sock)
                server = Server()
                print(server.socket.getsockname()[1])
                asyncore.loop()
                print('done')
                """)) {
            Collecting client = new Collecting(loop);
            client.createSocket();
            client.connect(SockaddrIn.of("127.0.0.1", Integer.parseInt(python.readLine())));
            client.send(data);

            loopUntil(() -> client.state() == State.CLOSED);

            assertThat(client.received.toByteArray()).isEqualTo(data);
            assertThat(python.readLine()).isEqualTo("done");
            assertThat(python.awaitExit()).isZero();
        }
    }
}
