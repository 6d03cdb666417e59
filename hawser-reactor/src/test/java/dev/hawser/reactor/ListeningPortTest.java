package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.socket.TcpOptions;
import dev.hawser.testkit.CapturedLog;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ports: what they listen on, and how they end. */
@ParameterizedClass
@EnumSource(BackendKind.class)
@Timeout(60)
class ListeningPortTest {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final Factory ECHO = Factory.of(() -> new RecordingProtocol().echoing());

    private final BackendKind kind;
    private RunningReactor running;

    @TempDir
    private Path directory;

    ListeningPortTest(BackendKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws Exception {
        running = RunningReactor.open(kind);
        running.run(() -> {});
    }

    @AfterEach
    void close() throws Exception {
        running.close();
    }

    private ListeningPort listen(Sockaddr address, Factory factory) throws Exception {
        return running.call(() -> running.reactor().listenTcp(address, factory, ListenOptions.DEFAULT));
    }

    private ListeningPort listenUnix(SockaddrUn address, ListenOptions options) throws Exception {
        return running.call(() -> running.reactor().listenUnix(address, ECHO, options));
    }

    private static Socket connect(Sockaddr address) throws IOException {
        Socket client = new Socket(address.family(), Constants.SOCK_STREAM);
        try {
            client.setTimeout(Duration.ofSeconds(20));
            client.connect(address);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private static void assertEchoes(Sockaddr address) throws IOException {
        try (Socket client = connect(address)) {
            client.sendAll(HELLO);
            assertThat(StreamFixture.read(client, HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void oneListenerTakesIPv4AndIPv6() throws Exception {
        ListeningPort port = running.call(() -> running.reactor().listenTcp(0, ECHO));
        int number = ((SockaddrIn6) port.getHost()).port();

        assertThat(number).isPositive();
        assertEchoes(SockaddrIn.of("127.0.0.1", number));
        assertEchoes(SockaddrIn6.of("::1", number));
    }

    @Test
    void anAddressIsNotTakenTwiceUnlessBothSayReusePort() throws Exception {
        ListenOptions shared = ListenOptions.DEFAULT.withReusePort();
        ListeningPort alone = listen(SockaddrIn.of("127.0.0.1", 0), ECHO);
        ListeningPort first =
                running.call(() -> running.reactor().listenTcp(SockaddrIn.of("127.0.0.1", 0), ECHO, shared));

        assertThatThrownBy(() -> listen(alone.getHost(), ECHO))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("EADDRINUSE")
                .hasMessageContaining(alone.getHost().toString());
        ListeningPort second = running.call(() -> running.reactor().listenTcp(first.getHost(), ECHO, shared));
        assertThat(second.getHost()).isEqualTo(first.getHost());
    }

    @Test
    void onlyInternetAddressesAreOfTcp() {
        assertThatThrownBy(() -> listen(SockaddrUn.ofAbstract("no"), ECHO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listenTcp");
    }

    @Test
    void aPathHasItsPermissionsAndGoesWithItsPort() throws Exception {
        Path path = directory.resolve("port");
        ListeningPort port = listenUnix(SockaddrUn.of(path), ListenOptions.DEFAULT.withUnixMode(0600));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertEchoes(port.getHost());
        assertThatThrownBy(() -> listenUnix(SockaddrUn.of(path), ListenOptions.DEFAULT))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("a server of connections is there");
        running.run(port::stopListening);
        assertThat(path).doesNotExist();
    }

    @Test
    void aPathThatNobodyListensOnIsTakenOver() throws Exception {
        Path path = directory.resolve("stale");
        try (Socket dead = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            dead.bind(SockaddrUn.of(path));
        }
        ListeningPort port = listenUnix(SockaddrUn.of(path), ListenOptions.DEFAULT);

        assertEchoes(port.getHost());
    }

    @Test
    void aPathThatIsAnothersByNowStays() throws Exception {
        Path path = directory.resolve("moved");
        ListeningPort port = listenUnix(SockaddrUn.of(path), ListenOptions.DEFAULT);
        Files.delete(path);
        Files.writeString(path, "another's");
        running.run(port::stopListening);

        assertThat(path).hasContent("another's");
    }

    @Test
    void anAbstractNameHasNoPermissions() throws Exception {
        SockaddrUn name =
                SockaddrUn.ofAbstract("hawser-port-" + ProcessHandle.current().pid());
        ListeningPort port = listenUnix(name, ListenOptions.DEFAULT);
        assertEchoes(port.getHost());
        running.run(port::stopListening);

        assertThatThrownBy(() -> listenUnix(name, ListenOptions.DEFAULT.withUnixMode(0600)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unixMode");
    }

    @Test
    void whoeverStopsListeningKeepsItsConnections() throws Exception {
        ListeningPort port = listen(SockaddrIn.of("127.0.0.1", 0), ECHO);
        try (Socket client = connect(port.getHost())) {
            client.sendAll(HELLO);
            StreamFixture.read(client, HELLO.length);
            running.run(() -> {
                assertThat(port.stopListening().isCalled()).isTrue();
                assertThat(port.stopListening().isCalled()).isTrue();
            });

            assertThatThrownBy(() -> connect(port.getHost())).hasMessageContaining("ECONNREFUSED");
            client.sendAll(HELLO);
            assertThat(StreamFixture.read(client, HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void aPausedPortLeavesItsClientsInTheQueue() throws Exception {
        ListeningPort port = listen(SockaddrIn.of("127.0.0.1", 0), ECHO);
        running.run(port::pauseAccepting);
        try (Socket client = connect(port.getHost())) {
            client.sendAll(HELLO);
            running.awaitTurns(5);
            assertThat(running.reactor().metrics().connectionsAccepted()).isZero();

            running.run(port::resumeAccepting);
            assertThat(StreamFixture.read(client, HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void aFactoryThatHasNoProtocolRefusesTheConnection() throws Exception {
        ListeningPort port = listen(SockaddrIn.of("127.0.0.1", 0), address -> null);
        try (Socket client = connect(port.getHost())) {
            assertThat(client.recv(10)).isEmpty();
        }
    }

    @Test
    void aFactoryThatThrowsIsReportedAndGoesOn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ListeningPort port = listen(SockaddrIn.of("127.0.0.1", 0), address -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("thrown by the test");
            }
            return new RecordingProtocol().echoing();
        });
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            try (Socket client = connect(port.getHost())) {
                assertThat(client.recv(10)).isEmpty();
            }
            assertThat(log.at(Level.SEVERE))
                    .singleElement()
                    .satisfies(record -> assertThat(record.getThrown()).hasMessage("thrown by the test"));
        }
        assertEchoes(port.getHost());
    }

    @Test
    void aFactoryIsStartedOnceAndStoppedAfterItsLastPort() throws Exception {
        List<String> calls = new CopyOnWriteArrayList<>();
        Factory factory = new Factory() {
            @Override
            public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
                return null;
            }

            @Override
            public void doStart() {
                calls.add("start");
            }

            @Override
            public void doStop() {
                calls.add("stop");
            }
        };
        ListeningPort first = listen(SockaddrIn.of("127.0.0.1", 0), factory);
        ListeningPort second = listen(SockaddrIn.of("127.0.0.1", 0), factory);
        running.run(first::stopListening);
        assertThat(calls).containsExactly("start");
        running.run(second::stopListening);
        assertThat(calls).containsExactly("start", "stop");
        listen(SockaddrIn.of("127.0.0.1", 0), factory);
        running.close();
        assertThat(calls).containsExactly("start", "stop", "start", "stop");
    }

    @Test
    void aDescriptorThatListensIsAdopted() throws Exception {
        Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        int fd = listener.detach();
        ListeningPort port = running.call(() -> running.reactor().adoptStreamPort(fd, ECHO));

        assertEchoes(port.getHost());
    }

    @Test
    void aDescriptorThatIsConnectedIsAdopted() throws Exception {
        SocketPair pair = Sockets.socketPair();
        int fd = pair.first().detach();
        RecordingProtocol protocol = new RecordingProtocol().echoing();
        try (Socket client = pair.second()) {
            Transport transport = running.call(() -> running.reactor().adoptStreamConnection(fd, address -> protocol));
            assertThat(protocol.calls()).containsExactly("made");
            assertThat(running.call(() -> transport.getPeerCredentials().pid()))
                    .isEqualTo((int) ProcessHandle.current().pid());

            client.setTimeout(Duration.ofSeconds(20));
            client.sendAll(HELLO);
            assertThat(StreamFixture.read(client, HELLO.length)).isEqualTo(HELLO);
        }
        protocol.awaitLost();
    }

    @Test
    void theDescriptorOfSomethingElseStaysTheCallers() throws Exception {
        int listening = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0)).detach();
        assertThatThrownBy(() -> running.call(() -> running.reactor().adoptStreamConnection(listening, ECHO)))
                .hasMessageContaining("ENOTCONN");
        int datagram = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM).detach();
        assertThatThrownBy(() -> running.call(() -> running.reactor().adoptStreamPort(datagram, ECHO)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no stream socket that listens");
        assertThatThrownBy(() -> running.call(() -> running.reactor().adoptStreamConnection(datagram, ECHO)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no stream socket");
        Sockets.close(listening); // where it is not open any more, this throws
        Sockets.close(datagram);
    }

    @Test
    void whatIsNoSocketStaysOpen() throws Exception {
        int standardError = Sockets.dup(2);
        assertThatThrownBy(() -> running.call(() -> running.reactor().adoptStreamPort(standardError, ECHO)))
                .hasMessageContaining("ENOTSOCK");
        assertThatThrownBy(() -> running.call(() -> running.reactor().adoptStreamConnection(standardError, ECHO)))
                .hasMessageContaining("ENOTSOCK");
        Sockets.close(standardError);
    }

    @Test
    void aConnectionThatTheFactoryRefusesIsClosed() throws Exception {
        SocketPair pair = Sockets.socketPair();
        int refused = pair.first().detach();
        assertThatThrownBy(() -> running.call(() -> running.reactor().adoptStreamConnection(refused, address -> null)))
                .hasMessageContaining("refused");
        try (Socket peer = pair.second()) {
            assertThat(peer.recv(10)).isEmpty();
        }
    }

    @Test
    void optionsOfAConnectionAreThoseOfItsSocket() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        ListeningPort port = listen(SockaddrIn.of("127.0.0.1", 0), address -> protocol);
        try (Socket client = connect(port.getHost())) {
            eventually().until(() -> protocol.calls().contains("made"));
            running.run(() -> {
                Transport transport = protocol.transport();
                transport.setSockOpt(TcpOptions.TCP_NODELAY, true);
                assertThat(transport.getSockOpt(TcpOptions.TCP_NODELAY)).isTrue();
                assertThat(transport.getPeer()).isEqualTo(client.getSockName());
                assertThat(transport.getHost()).isEqualTo(port.getHost());
                assertThat(transport.reactor()).isSameAs(running.reactor());
            });
        }
    }

    private static int openDescriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void aFactoryThatCannotStartHasNoPortAndNoDescriptorIsLeft() throws Exception {
        Factory factory = new Factory() {
            @Override
            public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
                return null;
            }

            @Override
            public void doStart() {
                throw new IllegalStateException("thrown by the test");
            }
        };
        int before = openDescriptors();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> listen(SockaddrIn.of("127.0.0.1", 0), factory))
                    .hasMessage("thrown by the test");
        }
        assertThat(openDescriptors()).isEqualTo(before);
    }
}
