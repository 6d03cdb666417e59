package dev.hawser.reactor.application;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Privileges;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import dev.hawser.tls.TlsSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications of one process that take each other's place, and peers at the control socket that mean no good. */
@Timeout(60)
class SuccessionTest {

    @TempDir
    Path directory;

    private final List<Running> all = new ArrayList<>();

    /** An application in a thread of its own. */
    private static final class Running {

        private final Reactor reactor = Reactor.open();
        private final List<StreamServerEndpointService> servers = new ArrayList<>();
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        private final CompletableFuture<List<Sockaddr>> hosts = new CompletableFuture<>();

        Running(SockaddrUn control, List<Function<Reactor, ServerEndpoint>> endpoints) throws IOException {
            Application application =
                    new Application(reactor).handleSignals(false).hotRestart(control);
            for (Function<Reactor, ServerEndpoint> each : endpoints) {
                StreamServerEndpointService server =
                        new StreamServerEndpointService(each.apply(reactor), Factory.of(GracefulEcho::new));
                servers.add(server);
                application.add(server);
            }
            application.add(TimerService.of(reactor, Duration.ofMinutes(1), this::started));
            Thread.ofPlatform().daemon().start(() -> {
                try (reactor) {
                    end.complete(application.run());
                } catch (Throwable e) {
                    end.completeExceptionally(e);
                    hosts.completeExceptionally(e);
                }
            });
        }

        private void started() {
            hosts.complete(servers.stream()
                    .map(each -> Objects.requireNonNull(each.port()).getHost())
                    .toList());
        }

        List<Sockaddr> hosts() throws Exception {
            return hosts.get(20, TimeUnit.SECONDS);
        }

        int end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Running each : all) {
            each.reactor.stop();
            each.end.handle((signal, failure) -> signal).get(20, TimeUnit.SECONDS);
        }
    }

    private SockaddrUn path(String name) {
        return SockaddrUn.of(directory.resolve(name));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // read, and not kept
    private Running start(SockaddrUn control, Function<Reactor, ServerEndpoint>... endpoints) throws IOException {
        Running running = new Running(control, List.of(endpoints));
        all.add(running);
        return running;
    }

    private static Function<Reactor, ServerEndpoint> unix(SockaddrUn address) {
        return reactor -> Listening.unix(reactor, address);
    }

    private static void requireServes(Sockaddr host) throws IOException {
        try (Socket client =
                new Socket(host instanceof SockaddrIn ? Constants.AF_INET : Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            client.setTimeout(Duration.ofSeconds(10));
            client.connect(host);
            client.sendAll("x".getBytes(UTF_8));
            assertThat(client.recv(1)).isEqualTo("x".getBytes(UTF_8));
        }
    }

    private static Function<Reactor, ServerEndpoint> tls() throws IOException {
        TlsContext context = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        return reactor -> factory -> Deferred.of(
                () -> reactor.listenTls(SockaddrIn.of("127.0.0.1", 0), factory, () -> context, ListenOptions.DEFAULT));
    }

    private static String ask(Sockaddr host) throws IOException {
        TlsContext context =
                TlsContext.builder().trust(Certificates.authority()).build();
        try (Socket plain = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            plain.setTimeout(Duration.ofSeconds(10));
            plain.connect(host);
            try (TlsSocket client = context.wrapClient(plain, "localhost")) {
                return ask(client);
            }
        }
    }

    private static String ask(TlsSocket client) throws IOException {
        client.sendAll("x".getBytes(UTF_8));
        return new String(client.recv(1), UTF_8);
    }

    @Test
    void aTlsListenerIsTakenOverAndItsConnectionsAreFinished() throws Exception {
        Running old = start(path("control"), tls());
        List<Sockaddr> hosts = old.hosts();
        awaitControl();
        TlsContext context =
                TlsContext.builder().trust(Certificates.authority()).build();
        try (Socket begun = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
                Socket talks = new Socket(Constants.AF_INET, Constants.SOCK_STREAM)) {
            begun.connect(hosts.getFirst());
            talks.setTimeout(Duration.ofSeconds(10));
            talks.connect(hosts.getFirst());
            TlsSocket client = context.wrapClient(talks, "localhost");
            assertThat(ask(client)).isEqualTo("x");
            eventually().until(() -> old.servers.getFirst().connections() == 2);

            Running next = start(path("control"), tls());
            assertThat(next.hosts()).isEqualTo(hosts);
            assertThat(new String(client.recv(3), UTF_8)).isEqualTo("bye");
            assertThat(client.recv(1)).isEmpty();
            client.close();
            begun.shutdown(Constants.SHUT_RDWR);
            assertThat(old.end()).isZero();
            for (int i = 0; i < 3; i++) {
                assertThat(ask(hosts.getFirst())).isEqualTo("x");
            }
            assertThat(next.servers.getFirst().port()).isNotNull();
        }
    }

    private static Socket connect(SockaddrUn address) throws IOException {
        Socket socket = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM);
        socket.setTimeout(Duration.ofSeconds(10));
        socket.connect(address);
        return socket;
    }

    /** It is watched when all has started. */
    private void awaitControl() {
        eventually().until(() -> Files.exists(directory.resolve("control")));
    }

    @Test
    void whatBothHaveIsTakenOverWhatIsNewIsOpenedAndWhatIsLeftIsClosed() throws Exception {
        Running old = start(path("control"), Listening::tcp, unix(path("both")), unix(path("old")));
        List<Sockaddr> hosts = old.hosts();
        awaitControl();

        Running next = start(path("control"), Listening::tcp, unix(path("both")), unix(path("new")));
        assertThat(next.hosts().getFirst()).isEqualTo(hosts.getFirst());
        assertThat(old.end()).isZero();

        for (Sockaddr each : next.hosts()) {
            requireServes(each);
        }
        eventually().until(() -> !Files.exists(directory.resolve("old")));
        assertThat(Files.exists(directory.resolve("both"))).isTrue();
        next.reactor.stop();
        next.end();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSuccessorThatCannotListenLeavesTheOldOneServing() throws Exception {
        Running old = start(path("control"), Listening::tcp, unix(path("both")));
        List<Sockaddr> hosts = old.hosts();
        awaitControl();

        Running next = start(path("control"), Listening::tcp, unix(path("both")), unix(path("no/such/directory")));
        assertThatThrownBy(next::hosts).hasRootCauseInstanceOf(IOException.class);

        for (Sockaddr each : hosts) {
            requireServes(each);
        }
        assertThat(old.end.isDone()).isFalse();
        Running third = start(path("control"), Listening::tcp, unix(path("both")));
        assertThat(third.hosts()).isEqualTo(hosts);
        assertThat(old.end()).isZero();
    }

    @Test
    void aPeerThatHangsUpOrTalksNonsenseHasChangedNothing() throws Exception {
        Running old = start(path("control"), Listening::tcp);
        List<Sockaddr> hosts = old.hosts();
        awaitControl();
        connect(path("control")).close();
        try (Socket peer = connect(path("control"))) {
            peer.sendAll("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            eventually().until(() -> endOf(peer));
        }
        requireServes(hosts.getFirst());

        Running next = start(path("control"), Listening::tcp);
        assertThat(next.hosts()).isEqualTo(hosts);
        assertThat(old.end()).isZero();
    }

    private static boolean endOf(Socket peer) {
        try {
            return peer.recv(1000).length == 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    @RequiresProgram("python3")
    void aProcessOfAnotherUserGetsNothing() throws Exception {
        assumeTrue(Privileges.effectiveUserId() == 0, "only root can become somebody else: EPERM");
        SockaddrUn control = SockaddrUn.ofAbstract(
                "hawser-succession-" + ProcessHandle.current().pid());
        Running old = start(control, Listening::tcp);
        old.hosts();
        try (Peer python =
                Peers.python("""
                import os, socket, sys, time
                os.setgid(65534)
                os.setuid(65534)
                s = socket.socket(socket.AF_UNIX)
                while True:
                    try:
                        s.connect('\\0' + sys.argv[1])
                        break
                    except ConnectionRefusedError:
                        time.sleep(0.01)
                try:
                    print(s.recv(100))
                except ConnectionResetError:
                    print(b'')
                """, "hawser-succession-" + ProcessHandle.current().pid())) {
            assertThat(python.readLine()).isEqualTo("b''");
        }
        assertThat(old.end.isDone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 400 Bad Request\r\n", "HAWSER\2P", "HAWSER\1P", "HAWSER\1C", "HAWSER\1x", "HAW", ""})
    void whatIsNoHawserAtTheControlSocketEndsTheStart(String said) throws Exception {
        try (Socket listener = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            listener.bind(path("control"));
            listener.listen(1);
            Running next = start(path("control"), Listening::tcp);
            try (Socket peer = listener.accept().socket()) {
                peer.sendAll(said.getBytes(UTF_8));
                peer.shutdown(Constants.SHUT_WR);
                assertThatThrownBy(next::hosts).hasRootCauseInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aPathOfACrashedProcessIsTakenOver() throws Exception {
        try (Socket crashed = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            crashed.bind(path("control"));
        }
        Running first = start(path("control"), Listening::tcp);
        requireServes(first.hosts().getFirst());
    }
}
