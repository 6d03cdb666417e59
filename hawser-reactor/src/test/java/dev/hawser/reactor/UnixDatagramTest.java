package dev.hawser.reactor;

import static dev.hawser.reactor.RecordedDatagrams.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Eventually;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams over Unix sockets. */
@ParameterizedClass
@EnumSource(BackendKind.class)
@Timeout(60)
class UnixDatagramTest {

    private static final int MORE_THAN_A_SOCKET_HOLDS = 1000;

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    @TempDir
    Path directory;

    private RunningReactor running;
    private Path path;

    @BeforeEach
    void run() throws IOException {
        running = RunningReactor.open(kind);
        path = directory.resolve("datagrams");
    }

    @AfterEach
    void end() throws Exception {
        running.close();
    }

    private DatagramTransport listen(SockaddrUn address, DatagramProtocol protocol) throws Exception {
        DatagramOptions options = DatagramOptions.DEFAULT.withMaxQueuedDatagrams(MORE_THAN_A_SOCKET_HOLDS);
        return running.call(() -> running.reactor().listenUnixDatagram(address, protocol, options));
    }

    private static Socket socket(SockaddrUn address) throws IOException {
        Socket socket = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM);
        socket.bind(address);
        return socket;
    }

    private static String received(Socket socket) {
        try {
            return new String(socket.recv(100), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void stop(DatagramTransport transport) throws Exception {
        RunningReactor.await(running.call(transport::stopListening).toCompletableFuture(), "the end");
    }

    @Test
    void aPathIsRemovedInTheEnd() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport transport = listen(SockaddrUn.of(path), protocol);
        assertThat(path).exists();
        try (Socket client = socket(SockaddrUn.UNNAMED)) {
            client.sendTo("hello".getBytes(UTF_8), SockaddrUn.of(path));
            assertThat(protocol.next(1)).containsExactly("(start)");
            assertThat(protocol.next()).isEqualTo(new RecordedDatagrams.Event("hello", client.getSockName()));
        }
        stop(transport);
        assertThat(path).doesNotExist();
    }

    @Test
    void aPathThatADeadServerHasLeftIsTakenOver() throws Exception {
        socket(SockaddrUn.of(path)).close();
        assertThat(path).exists();
        RecordedDatagrams protocol = new RecordedDatagrams();
        listen(SockaddrUn.of(path), protocol);
        try (Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_DGRAM)) {
            client.sendTo("hello".getBytes(UTF_8), SockaddrUn.of(path));
        }
        assertThat(protocol.next(2)).containsExactly("(start)", "hello");
    }

    @Test
    void aPathOfALivingServerIsNotTakenOver() throws Exception {
        try (Socket living = socket(SockaddrUn.of(path))) {
            assertThatThrownBy(() -> listen(SockaddrUn.of(path), new RecordedDatagrams()))
                    .isInstanceOf(BindException.class);
            assertThat(path).exists();
            assertThat(living.isClosed()).isFalse();
        }
    }

    @Test
    void aReactorThatIsClosedRemovesItsPaths() throws Exception {
        listen(SockaddrUn.of(path), new RecordedDatagrams());
        running.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void aClientGetsANameAtWhichItIsAnswered() throws Exception {
        SockaddrUn address =
                SockaddrUn.ofAbstract("hawser-echo-" + ProcessHandle.current().pid() + kind);
        listen(address, RecordedDatagrams.echo());
        RecordedDatagrams client = new RecordedDatagrams();
        running.run(() -> running.reactor().connectUnixDatagram(address, client, DatagramOptions.DEFAULT));
        assertThat(client.next(1)).containsExactly("(start)");
        running.run(() -> client.transport().write(bytes("question")));
        assertThat(client.next()).isEqualTo(new RecordedDatagrams.Event("question", address));
        assertThat(((SockaddrUn) client.transport().getHost()).isAbstract()).isTrue();
    }

    @Test
    void aNameThatNobodyHasIsToldToTheProtocol() throws Exception {
        RecordedDatagrams client = new RecordedDatagrams();
        running.run(() -> running.reactor().connectUnixDatagram(SockaddrUn.of(path), client, DatagramOptions.DEFAULT));
        assertThat(client.next().what()).startsWith("(failed)").contains("ENOENT");
    }

    @Test
    void aPeerThatHasGoneIsToldAsRefused() throws Exception {
        Socket server = socket(SockaddrUn.of(path));
        RecordedDatagrams client = new RecordedDatagrams();
        running.run(() -> running.reactor().connectUnixDatagram(SockaddrUn.of(path), client, DatagramOptions.DEFAULT));
        assertThat(client.next(1)).containsExactly("(start)");
        server.close();
        running.run(() -> client.transport().write(bytes("anybody?")));
        assertThat(client.next().what()).isEqualTo("(refused)");
        assertThat(client.transport().droppedDatagrams()).isOne();
    }

    @Test
    void aSlowPeerGetsAllInItsOrder() throws Exception {
        try (Socket slow = socket(SockaddrUn.of(path))) {
            RecordedDatagrams client = new RecordedDatagrams();
            DatagramOptions options = DatagramOptions.DEFAULT.withMaxQueuedDatagrams(MORE_THAN_A_SOCKET_HOLDS);
            running.run(() -> running.reactor().connectUnixDatagram(SockaddrUn.of(path), client, options));
            assertThat(client.next(1)).containsExactly("(start)");
            Deferred<Void> writable = running.call(() -> {
                for (int i = 0; i < MORE_THAN_A_SOCKET_HOLDS; i++) {
                    client.transport().write(bytes("datagram " + i));
                }
                assertThat(client.transport().isWritable()).isFalse();
                return client.transport().whenWritable();
            });
            assertAllCome(slow);
            RunningReactor.await(writable.toCompletableFuture(), "the queue");
            assertThat(client.transport().droppedDatagrams()).isZero();
        }
    }

    private static void assertAllCome(Socket slow) {
        assertThat(IntStream.range(0, MORE_THAN_A_SOCKET_HOLDS).mapToObj(i -> received(slow)))
                .containsExactlyElementsOf(IntStream.range(0, MORE_THAN_A_SOCKET_HOLDS)
                        .mapToObj(i -> "datagram " + i)
                        .toList());
    }

    @Test
    void aSlowPeerDoesNotHoldUpTheOthers() throws Exception {
        SockaddrUn slowAddress = SockaddrUn.of(path);
        SockaddrUn quickAddress = SockaddrUn.of(directory.resolve("quick"));
        DatagramTransport transport = listen(SockaddrUn.UNNAMED, new RecordedDatagrams());
        try (Socket slow = socket(slowAddress);
                Socket quick = socket(quickAddress)) {
            running.run(() -> {
                for (int i = 0; i < MORE_THAN_A_SOCKET_HOLDS; i++) {
                    transport.write(bytes("datagram " + i), slowAddress);
                }
                assertThat(transport.queuedDatagrams()).isPositive();
                transport.write(bytes("at once"), quickAddress);
            });
            assertThat(received(quick)).isEqualTo("at once");
            assertAllCome(slow);
        }
    }

    @Test
    @RequiresProgram("socat")
    void socatSendsAndReceives() throws Exception {
        RecordedDatagrams protocol = new RecordedDatagrams();
        DatagramTransport transport = listen(SockaddrUn.of(path), protocol);
        try (Peer sender = Peers.start("socat", "-u", "STDIO", "UNIX-SENDTO:" + path)) {
            sender.writeLine("from socat");
            assertThat(protocol.next(2)).containsExactly("(start)", "from socat\n");
        }
        Path other = directory.resolve("receiver");
        try (Peer receiver = Peers.start("socat", "-u", "UNIX-RECV:" + other, "STDIO")) {
            Eventually.eventually().untilAsserted(() -> assertThat(other).exists());
            running.run(() -> transport.write(bytes("to socat\n"), SockaddrUn.of(other)));
            assertThat(receiver.readLine()).isEqualTo("to socat");
        }
    }

    @Test
    @RequiresProgram("python3")
    void twistedIsAnsweredOverAUnixSocket() throws Exception {
        Peers.requirePythonModule("twisted");
        listen(SockaddrUn.of(path), RecordedDatagrams.echo());
        Path own = directory.resolve("twisted");
        try (Peer twisted = Peers.python("""
                import sys
                from twisted.internet import reactor
                from twisted.internet.protocol import ConnectedDatagramProtocol
                class Client(ConnectedDatagramProtocol):
                    def startProtocol(self):
                        self.transport.write(b'from twisted')
                    def datagramReceived(self, data):
                        print(data.decode())
                        reactor.stop()
                    def connectionFailed(self, failure):
                        print(failure)
                        reactor.stop()
                reactor.connectUNIXDatagram(sys.argv[1], Client(), bindAddress=sys.argv[2])
                reactor.run()
                """, path.toString(), own.toString())) {
            assertThat(twisted.readLine()).isEqualTo("from twisted");
        }
    }
}
