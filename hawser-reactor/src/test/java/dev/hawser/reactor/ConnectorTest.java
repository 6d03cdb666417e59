package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.posix.Errno;
import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.GaiException;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connectors: every stage of a connect, and who is told of its end. */
@ParameterizedClass
@EnumSource(BackendKind.class)
@Timeout(60)
class ConnectorTest {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    private final BackendKind kind;
    private RunningReactor running;

    ConnectorTest(BackendKind kind) {
        this.kind = kind;
    }

    /** Notes what it is told. */
    private static final class Client implements ClientFactory {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<Exception> reasons = new CopyOnWriteArrayList<>();
        private final List<RecordingProtocol> protocols = new CopyOnWriteArrayList<>();
        private Runnable onStart = () -> {};
        private Consumer<Connector> onStarted = connector -> {};
        private Consumer<Connector> onFailed = connector -> {};
        private Consumer<Connector> onLost = connector -> {};
        private Consumer<Transport> onMade = transport -> {};
        private boolean refuses;

        @Override
        public void doStart() {
            calls.add("doStart");
            onStart.run();
        }

        @Override
        public void doStop() {
            calls.add("doStop");
        }

        @Override
        public void startedConnecting(Connector connector) {
            calls.add("started");
            onStarted.accept(connector);
        }

        @Override
        public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
            calls.add("built");
            RecordingProtocol protocol = new RecordingProtocol().onMade(onMade);
            protocols.add(protocol);
            return refuses ? null : protocol;
        }

        @Override
        public void clientConnectionFailed(Connector connector, IOException reason) {
            reasons.add(reason);
            calls.add("failed");
            onFailed.accept(connector);
        }

        @Override
        public void clientConnectionLost(Connector connector, ConnectionLost reason) {
            reasons.add(reason);
            calls.add("lost");
            onLost.accept(connector);
        }

        void await(String last) {
            eventually().until(() -> calls.contains(last));
        }
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

    private Connector connect(String host, int port, Client client) throws Exception {
        return connect(host, port, client, ConnectOptions.DEFAULT);
    }

    private Connector connect(String host, int port, Client client, ConnectOptions options) throws Exception {
        return running.call(() -> running.reactor().connectTcp(host, port, client, options));
    }

    private static Socket server() throws IOException {
        Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        server.setTimeout(Duration.ofSeconds(20));
        return server;
    }

    private static int portOf(Socket socket) throws IOException {
        return ((SockaddrIn) socket.getSockName()).port();
    }

    /** A port where nobody listens. */
    private static int deadPort() throws IOException {
        try (Socket server = server()) {
            return portOf(server);
        }
    }

    @Test
    void aClientConnectsByNameAndIsToldOfTheEnd() throws Exception {
        Client client = new Client();
        try (Socket server = server()) {
            Connector connector = connect("localhost", portOf(server), client);
            try (Socket connection = server.accept().socket()) {
                connection.setTimeout(Duration.ofSeconds(20));
                connection.sendAll(HELLO);
                eventually()
                        .until(() -> !client.protocols.isEmpty()
                                && client.protocols.getFirst().receivedBytes() == HELLO.length);
                running.run(connector::disconnect);
                assertThat(connection.recv(10)).isEmpty();
            }
        }
        client.await("doStop");
        assertThat(client.calls).containsExactly("doStart", "started", "built", "lost", "doStop");
        assertThat(client.protocols.getFirst().calls()).containsExactly("made", "data", "lost DONE");
    }

    @Test
    void aRefusalNamesTheAddressAndTheErrno() throws Exception {
        Client client = new Client();
        int port = deadPort();
        connect("127.0.0.1", port, client);
        client.await("doStop");

        assertThat(client.calls).containsExactly("doStart", "started", "failed", "doStop");
        assertThat(client.reasons.getFirst())
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("ECONNREFUSED");
        assertThat(((SocketError) client.reasons.getFirst()).errno()).isEqualTo(Errno.ECONNREFUSED);
    }

    @Test
    void aHostThatIsNotKnownFailsWithTheResolversError() throws Exception {
        Client client = new Client();
        connect("no-such-host.invalid", 80, client);
        client.await("failed");

        assertThat(client.reasons.getFirst()).isInstanceOf(GaiException.class).hasMessageContaining("no-such-host");
    }

    @Test
    void everyAddressIsTriedInTurn() throws Exception {
        try (Faults faults = Faults.install()) {
            faults.on("connect").times(1).fail(Errno.ENETUNREACH);
            Client client = new Client();
            int port = deadPort();
            connect("localhost", port, client);
            client.await("failed");

            assertThat(faults.seen("connect")).isGreaterThanOrEqualTo(1);
            if (faults.seen("connect") > 1) { // localhost has IPv6 here
                assertThat(client.reasons.getFirst()).hasMessageContaining("ECONNREFUSED");
                assertThat(client.reasons.getFirst().getSuppressed()).isNotEmpty();
            }
        }
    }

    @Test
    void whatTakesTooLongFailsWithTimedOut() throws Exception {
        Client client = new Client();
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0), 0);
                Socket first = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
                Socket second = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            fill(server, first, second);
            connect("127.0.0.1", portOf(server), client, ConnectOptions.DEFAULT.withTimeout(Duration.ofMillis(50)));
            client.await("failed");
        }
        assertThat(client.reasons.getFirst())
                .isInstanceOfSatisfying(
                        ConnectionLost.class,
                        reason -> assertThat(reason.reason()).isEqualTo(Reason.TIMED_OUT));
        assertThat(client.reasons.getFirst()).hasMessageContaining("timed out").hasMessageContaining("127.0.0.1:");
    }

    /** A listener whose queue is full does not answer. */
    private static void fill(Socket server, Socket... clients) throws IOException {
        for (Socket each : clients) {
            each.setBlocking(false);
            each.connectEx(server.getSockName());
        }
    }

    @Test
    void stopConnectingEndsItWhileTheHostIsLookedUp() throws Exception {
        Client client = new Client();
        running.run(() -> {
            Connector connector = running.reactor().connectTcp("localhost", 1, client, ConnectOptions.DEFAULT);
            connector.stopConnecting();
            assertThat(client.calls).containsExactly("doStart", "started", "failed", "doStop");
            assertThatThrownBy(connector::stopConnecting).isInstanceOf(IllegalStateException.class);
        });
        running.awaitTurns(5);
        assertThat(client.calls).containsExactly("doStart", "started", "failed", "doStop");
        assertThat(((ConnectionLost) client.reasons.getFirst()).reason()).isEqualTo(Reason.ABORTED);
    }

    @Test
    void stopConnectingEndsItBeforeItHasBegun() throws Exception {
        Client client = new Client();
        client.onStarted = Connector::stopConnecting;
        connect("127.0.0.1", 1, client);
        running.awaitTurns(3);

        assertThat(client.calls).containsExactly("doStart", "started", "failed", "doStop");
    }

    @Test
    void disconnectEndsItWhileItConnects() throws Exception {
        Client client = new Client();
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0), 0);
                Socket first = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
                Socket second = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            fill(server, first, second);
            Connector connector = connect("127.0.0.1", portOf(server), client);
            running.awaitTurns(5);
            running.run(connector::disconnect);
        }
        assertThat(client.calls).containsExactly("doStart", "started", "failed", "doStop");
    }

    @Test
    void aConnectorMayBeToldToConnectAgain() throws Exception {
        Client client = new Client();
        client.onLost = connector -> {
            if (client.protocols.size() < 3) {
                connector.connect();
            }
        };
        try (Socket server = server()) {
            Connector connector = connect("127.0.0.1", portOf(server), client);
            for (int i = 0; i < 3; i++) {
                server.accept().socket().close();
            }
            client.await("doStop");
            assertThat(connector.getDestination()).isEqualTo("127.0.0.1:" + portOf(server));
        }
        assertThat(client.calls)
                .containsExactly(
                        "doStart", "started", "built", "lost", "started", "built", "lost", "started", "built", "lost",
                        "doStop");
    }

    @Test
    void aFailedConnectMayBeTriedAgain() throws Exception {
        Client client = new Client();
        client.onFailed = connector -> {
            if (client.reasons.size() < 3) {
                connector.connect();
            }
        };
        connect("127.0.0.1", deadPort(), client);
        client.await("doStop");

        assertThat(client.reasons).hasSize(3);
        assertThat(client.calls).containsOnlyOnce("doStart").containsOnlyOnce("doStop");
    }

    @Test
    void aConnectionThatItsFactoryRefusesIsClosed() throws Exception {
        Client client = new Client();
        client.refuses = true;
        try (Socket server = server()) {
            connect("127.0.0.1", portOf(server), client);
            try (Socket connection = server.accept().socket()) {
                connection.setTimeout(Duration.ofSeconds(20));
                assertThat(connection.recv(10)).isEmpty();
            }
        }
        client.await("doStop");
        assertThat(client.calls).containsExactly("doStart", "started", "built", "lost", "doStop");
    }

    @Test
    void itConnectsFromTheAddressThatItIsTold() throws Exception {
        Client client = new Client();
        try (Socket server = server()) {
            connect(
                    "127.0.0.1",
                    portOf(server),
                    client,
                    new ConnectOptions(Duration.ofSeconds(20), SockaddrIn.of("127.0.0.9", 0)));
            try (Socket connection = server.accept().socket()) {
                assertThat(((SockaddrIn) connection.getPeerName()).host()).isEqualTo("127.0.0.9");
            }
        }
        client.await("doStop");
    }

    @Test
    void theReactorsEndEndsWhatConnects() throws Exception {
        Client client = new Client();
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0), 0);
                Socket first = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
                Socket second = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            fill(server, first, second);
            connect("127.0.0.1", portOf(server), client);
            running.awaitTurns(3);
            running.close();
        }
        assertThat(client.calls).containsExactly("doStart", "started", "failed", "doStop");
        assertThat(client.reasons.getFirst()).hasMessageContaining("the reactor was closed");
    }

    @Test
    void aUnixSocketWhoseQueueIsFullIsTriedAgain() throws Exception {
        SockaddrUn name = SockaddrUn.ofAbstract(
                "hawser-connector-" + kind + ProcessHandle.current().pid());
        Client client = new Client();
        try (Socket server = Sockets.createServer(name, 0);
                Socket first = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            server.setTimeout(Duration.ofSeconds(20));
            first.connect(name);
            Connector connector =
                    running.call(() -> running.reactor().connectUnix(name, client, ConnectOptions.DEFAULT));
            running.awaitTurns(5);
            assertThat(client.calls).doesNotContain("built");
            server.accept().socket().close();
            try (Socket _ = server.accept().socket()) {
                client.await("built");
                running.run(connector::disconnect);
            }
        }
        client.await("doStop");
    }

    @Test
    void disconnectMayBeCalledWhereTheConnectionIsMade() throws Exception {
        Client client = new Client();
        AtomicReference<Connector> connector = new AtomicReference<>();
        client.onStarted = connector::set;
        client.onMade = transport -> {
            transport.write(HELLO);
            connector.get().disconnect();
        };
        try (Socket server = server()) {
            connect("127.0.0.1", portOf(server), client);
            try (Socket connection = server.accept().socket()) {
                connection.setTimeout(Duration.ofSeconds(20));
                assertThat(StreamFixture.readAll(connection)).isEqualTo(HELLO);
            }
        }
        client.await("doStop");
        assertThat(client.protocols.getFirst().calls()).containsExactly("made", "lost DONE");
    }

    @Test
    void aConnectionThatHasMovedIsStillItsConnectors() throws Exception {
        Client client = new Client();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        client.onLost = connector -> {
            threads.add(Thread.currentThread());
            if (client.protocols.size() < 3) {
                connector.connect();
            }
        };
        try (Socket server = server();
                RunningReactor other = RunningReactor.open(kind)) {
            client.onMade = transport -> transport.moveTo(other.reactor());
            Connector connector = connect("127.0.0.1", portOf(server), client);
            server.accept().socket().close();
            server.accept().socket().close();
            try (Socket connection = server.accept().socket()) {
                connection.setTimeout(Duration.ofSeconds(20));
                eventually().until(() -> other.reactor().metrics().connectionsOpen() == 1);
                running.run(connector::disconnect);
                assertThat(connection.recv(10)).isEmpty();
            }
            client.await("doStop");
        }
        assertThat(threads).hasSize(3).containsOnly(running.thread());
    }

    @Test
    void aFactoryThatCannotStartMayBeTriedAgain() throws Exception {
        Client client = new Client();
        Connector connector = connect("127.0.0.1", deadPort(), client);
        client.await("doStop");
        client.onStart = () -> {
            throw new IllegalStateException("thrown by the test");
        };
        assertThatThrownBy(() -> running.run(connector::connect)).hasMessage("thrown by the test");
        client.onStart = () -> {};
        running.run(connector::connect);
        eventually().until(() -> client.reasons.size() == 2);
    }
}
