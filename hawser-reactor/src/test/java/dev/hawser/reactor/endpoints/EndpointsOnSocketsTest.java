package dev.hawser.reactor.endpoints;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.defer.CancelledException;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.Backoff;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.SockaddrVm;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints on sockets of the kernel, with other programs at the other end. */
@Timeout(60)
class EndpointsOnSocketsTest {

    @TempDir
    Path directory;

    private RunningReactor running;
    private final List<Socket> sockets = new ArrayList<>();

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
    }

    /** Says something, and completes with the answer. */
    private static final class Asking extends Protocol {

        private final byte[] question;
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        Asking(String question) {
            this.question = question.getBytes(UTF_8);
        }

        @Override
        public void connectionMade() {
            transport().write(question);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            answer.complete(UTF_8.decode(data).toString());
            transport().loseConnection();
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            answer.completeExceptionally(reason);
        }
    }

    @BeforeEach
    void open() throws IOException {
        running = RunningReactor.open();
    }

    @AfterEach
    void close() throws IOException {
        running.close();
        for (Socket each : sockets) {
            each.close();
        }
    }

    private <T> T await(Callable<Deferred<T>> call) throws Exception {
        CompletableFuture<T> result =
                running.call(() -> call.call().toCompletableFuture(running.reactor()::callFromThread));
        try {
            return result.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private ListeningPort listen(String description) throws Exception {
        return await(() -> Endpoints.server(running.reactor(), description).listen(Factory.of(Echo::new)));
    }

    private String ask(String description) throws Exception {
        Asking asking = new Asking("hello");
        await(() -> Endpoints.connectProtocol(Endpoints.client(running.reactor(), description), asking));
        return asking.answer.get(20, TimeUnit.SECONDS);
    }

    private static int port(Sockaddr address) {
        return address instanceof SockaddrIn6 six ? six.port() : ((SockaddrIn) address).port();
    }

    private Socket socket(int family) throws IOException {
        Socket socket = new Socket(family, Constants.SOCK_STREAM);
        sockets.add(socket);
        socket.setTimeout(Duration.ofSeconds(20));
        return socket;
    }

    @Test
    void oneTcpPortServesIpv4AndIpv6() throws Exception {
        int port = port(listen("tcp:0").getHost());

        assertThat(ask("tcp:127.0.0.1:" + port)).isEqualTo("hello");
        assertThat(ask("tcp:\\:\\:1:" + port)).isEqualTo("hello");
        assertThat(ask("host:localhost:" + port)).isEqualTo("hello");
    }

    @Test
    void tcp4AndTcp6StandSideBySide() throws Exception {
        int port = port(listen("tcp4:0").getHost());
        listen("tcp6:" + port);

        assertThat(ask("tcp:127.0.0.1:" + port)).isEqualTo("hello");
        assertThat(ask("tcp:\\:\\:1:" + port)).isEqualTo("hello");
    }

    @Test
    void tcp6OnAllAddressesLeavesIpv4ToTcp4() throws Exception {
        int port = port(listen("tcp4:0").getHost());
        listen("tcp6:" + port + ":interface=\\:\\:"); // with IPv4 it would be taken

        assertThat(ask("tcp:\\:\\:1:" + port)).isEqualTo("hello");
    }

    @Test
    void whatConnectionMadeThrowsIsTheFailure() throws Exception {
        int port = port(listen("tcp:0:interface=127.0.0.1").getHost());
        Socket connected = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
        connected.connect(SockaddrIn.of("127.0.0.1", port));
        String adopted = "fd:" + connected.detach();
        for (String each : List.of(
                "tcp:127.0.0.1:" + port, "host:127.0.0.1:" + port, "tls:127.0.0.1:" + port + ":insecure=1", adopted)) {
            assertThatThrownBy(() -> await(() -> Endpoints.client(running.reactor(), each)
                            .connect(address -> new Protocol() {
                                @Override
                                public void connectionMade() {
                                    throw new IllegalStateException("not today");
                                }

                                @Override
                                public void dataReceived(ByteBuffer data) {}
                            })))
                    .as(each)
                    .hasMessageContaining(each.equals(adopted) ? "connectionMade has thrown" : "not today");
        }
    }

    @Test
    void aPortThatIsTakenIsTheFailure() throws Exception {
        int port = port(listen("tcp:0:interface=127.0.0.1").getHost());

        assertThatThrownBy(() -> listen("tcp:" + port + ":interface=127.0.0.1")).isInstanceOf(BindException.class);
    }

    @Test
    void aPortThatNobodyListensAtIsTheFailure() throws Exception {
        Socket unheard = socket(Constants.AF_INET);
        unheard.bind(SockaddrIn.of("127.0.0.1", 0));
        String where = "127.0.0.1:" + port(unheard.getSockName());

        assertThatThrownBy(() -> ask("tcp:" + where)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> ask("host:" + where)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aClientComesFromWhereItIsBound() throws Exception {
        List<Sockaddr> peers = new ArrayList<>();
        ListeningPort port = await(() -> Endpoints.server(running.reactor(), "tcp:0:interface=127.0.0.1")
                .listen(address -> {
                    peers.add(address);
                    return new Echo();
                }));

        assertThat(ask("tcp:127.0.0.1:" + port(port.getHost()) + ":bindAddress=127.0.0.7"))
                .isEqualTo("hello");
        assertThat(((SockaddrIn) peers.getFirst()).host()).isEqualTo("127.0.0.7");
    }

    @Test
    @RequiresProgram("socat")
    void socatTalksToAUnixEndpoint() throws Exception {
        Path path = directory.resolve("a:b=c.sock");
        listen("unix:" + Endpoints.quoteStringArgument(path.toString()) + ":mode=600");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (Peer socat =
                Peers.start("socat", "-", "UNIX-CONNECT:\"" + path.toString().replace(":", "\\:") + "\"")) {
            socat.writeLine("over the path");
            assertThat(socat.readLine()).isEqualTo("over the path");
        }
    }

    @Test
    void aPathIsNotTakenFromAServerThatLives() throws Exception {
        Path path = directory.resolve("live");
        ListeningPort first = listen("unix:" + path);

        assertThatThrownBy(() -> listen("unix:" + path))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("a server of connections is there");
        assertThat(ask("unix:" + path)).isEqualTo("hello");

        await(first::stopListening);
        assertThat(path).doesNotExist();
        listen("unix:" + path);
        assertThat(ask("unix:" + path)).isEqualTo("hello");
    }

    @Test
    void aPathThatADeadServerHasLeftIsTakenOver() throws Exception {
        Path path = directory.resolve("left");
        try (Socket dead = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            dead.bind(SockaddrUn.of(path));
        }
        assertThat(path).exists();

        listen("unix:" + path);

        assertThat(ask("unix:" + path)).isEqualTo("hello");
    }

    @Test
    void anAbstractNameIsNoFile() throws Exception {
        String name = "unix:@hawser-endpoint-" + ProcessHandle.current().pid();
        ListeningPort port = listen(name);

        assertThat(ask(name)).isEqualTo("hello");
        assertThat(port.getHost())
                .isInstanceOfSatisfying(
                        SockaddrUn.class, unix -> assertThat(unix.isAbstract()).isTrue());
    }

    @Test
    void aDescriptorThatListensIsAdoptedOnce() throws Exception {
        Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        int port = port(listener.getSockName());
        ServerEndpoint endpoint = Endpoints.server(running.reactor(), "fd:" + listener.detach());
        await(() -> endpoint.listen(Factory.of(Echo::new)));

        assertThat(ask("tcp:127.0.0.1:" + port)).isEqualTo("hello");
        assertThatThrownBy(() -> await(() -> endpoint.listen(Factory.of(Echo::new))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("once");
    }

    @Test
    void aCallInTheWrongThreadUsesNothingUp() throws Exception {
        Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        int port = port(listener.getSockName());
        ServerEndpoint server = Endpoints.server(running.reactor(), "fd:" + listener.detach());
        for (ServerEndpoint each : List.of(server, Endpoints.server(running.reactor(), "systemd:http"))) {
            assertThatThrownBy(() -> each.listen(Factory.of(Echo::new))
                            .toCompletableFuture(Runnable::run)
                            .get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("use callFromThread");
        }
        await(() -> server.listen(Factory.of(Echo::new)));
        Socket connected = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
        connected.connect(SockaddrIn.of("127.0.0.1", port));
        ClientEndpoint client = Endpoints.client(running.reactor(), "fd:" + connected.detach());
        assertThatThrownBy(() -> client.connect(Factory.of(Echo::new))
                        .toCompletableFuture(Runnable::run)
                        .get(20, TimeUnit.SECONDS))
                .hasMessageContaining("use callFromThread");
        Asking asking = new Asking("hello");
        await(() -> Endpoints.connectProtocol(client, asking));

        assertThat(asking.answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void aDescriptorThatIsConnectedIsAdopted() throws Exception {
        ListeningPort port = listen("tcp:0:interface=127.0.0.1");
        Socket connected = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
        connected.connect(port.getHost());

        assertThat(ask("fd:" + connected.detach())).isEqualTo("hello");
    }

    @Test
    void tlsOnAnAdoptedDescriptorTellsOfTheProtocolThatIsMeant() throws Exception {
        ListeningPort port = listen("tcp:0:interface=127.0.0.1");
        Socket connected = new Socket(Constants.AF_INET, Constants.SOCK_STREAM);
        connected.connect(port.getHost());
        String description = "tls:endpoint=fd\\:" + connected.detach() + ":hostname=localhost";
        Protocol meant = new Echo();

        Protocol made =
                await(() -> Endpoints.client(running.reactor(), description).connect(address -> meant));

        assertThat(made).isSameAs(meant);
    }

    @Test
    void aPortOfAVirtualMachineIsListenedAt() throws Exception {
        try (Socket probe = new Socket(Constants.AF_VSOCK, Constants.SOCK_STREAM)) {
            probe.bind(SockaddrVm.of(Constants.VMADDR_CID_ANY, Constants.VMADDR_PORT_ANY));
        } catch (IOException e) {
            abort("no vsock: " + (e instanceof SocketError error ? error.errno() + " " : "") + e.getMessage());
        }
        ListeningPort port = listen("vsock:" + Integer.toUnsignedString(Constants.VMADDR_PORT_ANY));

        assertThat(port.getHost()).isInstanceOf(SockaddrVm.class);
    }

    @Test
    void anAddressThatSwallowsAllIsLeftForTheOtherFamily() throws Exception {
        Socket hole = socket(Constants.AF_INET6);
        hole.bind(SockaddrIn6.of("::1", 0));
        hole.listen(0);
        int port = port(hole.getSockName());
        fill(hole.getSockName());
        listen("tcp4:" + port + ":interface=127.0.0.1");
        SlowResolver resolver = new SlowResolver();
        Asking asking = new Asking("hello");
        long before = System.nanoTime();
        await(() -> {
            Deferred<Asking> connecting = Endpoints.connectProtocol(
                    HostnameEndpoint.of(resolver.over(running.reactor()), "two-families", port), asking);
            resolver.answer(SockaddrIn6.of("::1", 0));
            resolver.answer(SockaddrIn.of("127.0.0.1", 0));
            return connecting;
        });
        Duration taken = Duration.ofNanos(System.nanoTime() - before);

        assertThat(asking.answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(taken).isBetween(HostnameEndpoint.ATTEMPT_DELAY, Duration.ofSeconds(10));
    }

    /** Until nobody more gets through: what comes then is not even answered. */
    private void fill(Sockaddr address) throws IOException {
        for (int i = 0; i < 8; i++) {
            Socket one = socket(Constants.AF_INET6);
            one.setBlocking(false);
            int errno = one.connectEx(address);
            assertThat(errno).isIn(0, Errno.EINPROGRESS);
        }
    }

    @Test
    void whereBothFamiliesRefuseBothAreTold() throws Exception {
        Socket unheard = socket(Constants.AF_INET6);
        unheard.bind(SockaddrIn6.of("::1", 0));
        int port = port(unheard.getSockName());
        SlowResolver resolver = new SlowResolver();

        assertThatThrownBy(() -> await(() -> {
                    Deferred<Protocol> connecting = HostnameEndpoint.of(
                                    resolver.over(running.reactor()), "two-families", port)
                            .connect(Factory.of(Echo::new));
                    resolver.answer(SockaddrIn6.of("::1", 0));
                    resolver.answer(SockaddrIn.of("127.0.0.1", 0));
                    return connecting;
                }))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("[::1]:" + port)
                .hasMessageContaining("127.0.0.1:" + port)
                .satisfies(all -> assertThat(all.getSuppressed()).hasSize(2));
    }

    @Test
    void aRaceThatIsCancelledLeavesNoDescriptor() throws Exception {
        Socket hole = socket(Constants.AF_INET6);
        hole.bind(SockaddrIn6.of("::1", 0));
        hole.listen(0);
        fill(hole.getSockName());
        HostnameEndpoint endpoint = new HostnameEndpoint(
                running.reactor(),
                "::1",
                port(hole.getSockName()),
                ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(30)),
                HostnameEndpoint.ATTEMPT_DELAY);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Deferred<?> connecting =
                running.call(() -> endpoint.connect(Factory.of(Echo::new)).finish(made -> {}, failure::complete));
        running.awaitTurns(2);
        running.run(connecting::cancel);

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
    }

    @Test
    @RequiresProgram({"curl", "openssl"})
    void curlAndAClientTalkTlsToAnEndpoint() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory);
        int port = port(listenForHttp("tls:0:interface=127.0.0.1:privateKey=" + certificate.key() + ":certKey="
                        + certificate.certificate())
                .getHost());

        try (Peer curl = Peers.start(
                "curl",
                "-sS",
                "--cacert",
                certificate.certificate().toString(),
                "--resolve",
                "localhost:" + port + ":127.0.0.1",
                "https://localhost:" + port + "/")) {
            assertThat(curl.readLine()).isEqualTo("hello");
        }
        assertThat(ask("tls:localhost:" + port + ":trustRoots=" + certificate.certificate()))
                .startsWith("HTTP/1.1 200 OK");
        assertThat(ask("ssl:127.0.0.1:" + port + ":insecure=1")).startsWith("HTTP/1.1 200 OK");
        assertThatThrownBy(() -> ask("tls:localhost:" + port)).hasStackTraceContaining("PKIX");
        assertThatThrownBy(() ->
                        ask("tls:localhost:" + port + ":hostname=example.com:trustRoots=" + certificate.certificate()))
                .hasStackTraceContaining("example.com");
    }

    @Test
    @RequiresProgram("openssl")
    void aCertificateThatIsRenewedIsTakenAndABrokenOneIsNot() throws Exception {
        TestCertificate served = TestCertificate.make(directory);
        TestCertificate next = TestCertificate.make(Files.createDirectory(directory.resolve("next")));
        Path old = Files.copy(served.certificate(), directory.resolve("old.pem"));
        int port = port(listenForHttp(
                        "tls:0:interface=127.0.0.1:privateKey=" + served.key() + ":certKey=" + served.certificate())
                .getHost());
        assertThat(asksWithTrustIn(old, port)).isTrue();

        try (CapturedLog log = new CapturedLog("dev.hawser.tls")) {
            Files.copy(next.key(), served.key(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.certificate(), served.certificate(), StandardCopyOption.REPLACE_EXISTING);
            eventually().until(() -> asksWithTrustIn(next.certificate(), port));
            assertThat(asksWithTrustIn(old, port)).isFalse();

            Files.writeString(served.certificate(), "broken");
            eventually().until(() -> {
                assertThat(asksWithTrustIn(next.certificate(), port)).isTrue();
                return log.errors().stream().anyMatch(line -> line.contains("what was before stays"));
            });
        }
        assertThat(asksWithTrustIn(next.certificate(), port)).isTrue();
    }

    private boolean asksWithTrustIn(Path roots, int port) throws Exception {
        try {
            return ask("tls:localhost:" + port + ":trustRoots=" + roots).startsWith("HTTP/1.1 200 OK");
        } catch (ExecutionException e) {
            assertThat(e).hasStackTraceContaining("PKIX");
            return false;
        }
    }

    @Test
    @RequiresProgram({"curl", "openssl"})
    void theHeaderOfAProxyComesBeforeTls() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory);
        int port = port(listenForHttp("haproxy:tls:0:interface=127.0.0.1:privateKey=" + certificate.key() + ":certKey="
                        + certificate.certificate())
                .getHost());

        try (Peer curl = Peers.start("curl", "-sSk", "--haproxy-protocol", "https://127.0.0.1:" + port + "/")) {
            assertThat(curl.readLine()).isEqualTo("hello");
        }
    }

    private ListeningPort listenForHttp(String description) throws Exception {
        return await(() -> Endpoints.server(running.reactor(), description).listen(Factory.of(Http::new)));
    }

    /** Answers whatever comes. */
    private static final class Http extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            data.position(data.limit());
            transport().write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n".getBytes(UTF_8));
        }
    }

    @Test
    void aRetryFindsTheServerThatHasComeMeanwhile() throws Exception {
        Path path = directory.resolve("later");
        Asking asking = new Asking("hello");
        CompletableFuture<Asking> made = running.call(() -> Endpoints.connectProtocol(
                        Endpoints.retrying(
                                Endpoints.client(running.reactor(), "unix:" + path),
                                running.reactor(),
                                Backoff.DEFAULT.withDelays(Duration.ofMillis(20), Duration.ofMillis(50))),
                        asking)
                .toCompletableFuture(running.reactor()::callFromThread));
        running.awaitTurns(3);
        assertThat(made).isNotDone();
        listen("unix:" + path);

        assertThat(made.get(20, TimeUnit.SECONDS)).isSameAs(asking);
        assertThat(asking.answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
    }
}
