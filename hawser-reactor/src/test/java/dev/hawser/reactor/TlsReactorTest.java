package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.ClientCertificate;
import dev.hawser.tls.ReloadingTlsContext;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reactors that speak TLS with each other: who is trusted, and what is agreed on. */
@RequiresProgram("openssl")
@Timeout(60)
class TlsReactorTest {

    @AutoClose
    private final RunningReactor running = RunningReactor.open();

    private final List<Echo> servers = new ArrayList<>();

    TlsReactorTest() throws IOException {}

    // @start region="tls"
    /** Says back what it hears, and to whom it talks. */
    static final class Echo extends Protocol implements TlsTransport.HandshakeListener {
        @Override
        public void handshakeCompleted(TlsTransport tls) {
            agreed.complete(tls.version() + " " + tls.applicationProtocol());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
        // @end

        private final CompletableFuture<String> agreed = new CompletableFuture<>();
        private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost.complete(reason);
        }
    }

    /** Says hello, hears it, and ends. */
    private static final class Asker extends Protocol {
        private final CompletableFuture<TlsTransport> answered = new CompletableFuture<>();
        private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();
        private String heard = "";
        private List<String> names = List.of();
        private boolean resumed;
        private @Nullable String alpn;

        @Override
        public void connectionMade() {
            transport().write("hello".getBytes(US_ASCII));
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            heard += US_ASCII.decode(data);
            if (heard.equals("hello")) {
                TlsTransport tls = transport().tls();
                names = tls.peerCertificates().stream()
                        .map(each -> each.getSubjectX500Principal().getName())
                        .toList();
                resumed = tls.isSessionReused();
                alpn = tls.applicationProtocol();
                answered.complete(tls);
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost.complete(reason);
        }
    }

    private int listen(Supplier<TlsContext> context) throws Exception {
        Sockaddr bound = running.call(() -> running.reactor()
                .listenTls(SockaddrIn.of("127.0.0.1", 0), this::newServer, context, ListenOptions.DEFAULT)
                .getHost());
        return ((SockaddrIn) bound).port();
    }

    private Protocol newServer(@Nullable Sockaddr address) {
        Echo made = new Echo();
        servers.add(made);
        return made;
    }

    private Asker ask(int port, String name, TlsContext context) throws Exception {
        Asker asker = new Asker();
        running.run(() -> running.reactor()
                .connectTcp(
                        "127.0.0.1",
                        port,
                        TlsFactory.forClient(address -> asker, context, name),
                        ConnectOptions.DEFAULT));
        RunningReactor.await(asker.lost, "the end");
        return asker;
    }

    private static TlsContext.Builder certificate(TlsContext.Builder builder, Path chain) throws IOException {
        return builder.certificate(chain, Certificates.key(chain));
    }

    private static TlsContext.Builder server() throws IOException {
        return certificate(TlsContext.builder(), Certificates.local());
    }

    private static TlsContext.Builder client() throws IOException {
        return TlsContext.builder().trust(Certificates.authority());
    }

    @Test
    void connectTlsChecksTheName() throws Exception {
        TlsContext context = server().build();
        int port = listen(() -> context);
        Asker asker = new Asker();
        ClientFactory factory = address -> asker;
        TlsContext trusting = client().build();
        running.run(() -> running.reactor().connectTls("localhost", port, factory, trusting, ConnectOptions.DEFAULT));
        assertThat(RunningReactor.await(asker.lost, "the end").reason()).isEqualTo(Reason.DONE);
        assertThat(asker.heard).isEqualTo("hello");
        assertThat(asker.names).containsExactly("CN=localhost,O=Hawser");
        assertThat(RunningReactor.await(servers.getFirst().agreed, "the handshake"))
                .isEqualTo("TLSv1.3 null");

        Asker deceived = ask(port, "example.test", trusting);
        ConnectionLost lost = RunningReactor.await(deceived.lost, "the end");
        assertThat(lost.reason()).isEqualTo(Reason.LOST);
        assertThat(lost)
                .hasMessageContaining("the certificate of example.test is not accepted")
                .hasMessageContaining("127.0.0.1:" + port)
                .hasCauseInstanceOf(SSLException.class);
        assertThat(deceived.heard).isEmpty();
        assertThat(RunningReactor.await(servers.get(1).lost, "the server").reason())
                .isEqualTo(Reason.LOST);
    }

    @Test
    void aSessionIsResumed() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            TlsContext context = server().protocols(version).build();
            TlsContext remembering = client().protocols(version).build();
            int port = listen(() -> context);
            assertThat(ask(port, "localhost", remembering).resumed).as(version).isFalse();
            assertThat(ask(port, "localhost", remembering).resumed).as(version).isTrue();
        }
    }

    @Test
    void theServerChoosesTheCertificateByTheName() throws Exception {
        TlsContext context =
                certificate(server(), Certificates.forHost("two.test")).build();
        int port = listen(() -> context);
        TlsContext trusting = client().build();
        assertThat(ask(port, "two.test", trusting).names).containsExactly("CN=two.test");
        assertThat(ask(port, "localhost", trusting).names).containsExactly("CN=localhost,O=Hawser");
    }

    @Test
    void aProtocolIsAgreedOn() throws Exception {
        TlsContext context = server().alpnProtocols("h2", "echo/1").build();
        int port = listen(() -> context);
        assertThat(ask(port, "localhost", client().alpnProtocols("echo/1").build()).alpn)
                .isEqualTo("echo/1");
        assertThat(RunningReactor.await(
                        ask(port, "localhost", client().alpnProtocols("other").build()).lost, "the end"))
                .hasMessageContaining("no_application_protocol");
    }

    @Test
    void aServerKnowsItsClients() throws Exception {
        TlsContext needing = server().trust(Certificates.authority())
                .clientCertificate(ClientCertificate.NEEDED)
                .build();
        int port = listen(() -> needing);
        TlsContext known = certificate(client(), Certificates.client()).build();
        assertThat(ask(port, "localhost", known).heard).isEqualTo("hello");
        assertThat(ask(port, "localhost", client().build()).heard).isEmpty();

        TlsContext wanting = server().trust(Certificates.authority())
                .clientCertificate(ClientCertificate.WANTED)
                .build();
        assertThat(ask(listen(() -> wanting), "localhost", client().build()).heard)
                .isEqualTo("hello");
    }

    @Test
    void aContextIsReadAgainWhileTheServerGoesOn(@TempDir Path directory) throws Exception {
        Path chain = Files.copy(Certificates.local(), directory.resolve("chain.pem"));
        Path key = Files.copy(Certificates.key(Certificates.local()), directory.resolve("key.pem"));
        int port = listen(ReloadingTlsContext.of(Duration.ZERO, () -> TlsContext.forServer(chain, key), chain, key));
        assertThat(ask(port, "localhost", client().build()).heard).isEqualTo("hello");

        Path renewed = Certificates.forHost("renewed.test");
        Files.copy(renewed, chain, StandardCopyOption.REPLACE_EXISTING);
        assertThat(ask(port, "localhost", client().build()).heard).isEqualTo("hello"); // the key is missing yet
        Files.copy(Certificates.key(renewed), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(ask(port, "renewed.test", client().build()).heard).isEqualTo("hello");
    }

    @Test
    void tlsLiesInTls() throws Exception {
        TlsContext outer = server().build();
        TlsContext inner = certificate(TlsContext.builder(), Certificates.forHost("inner.test"))
                .build();
        TlsContext trusting = client().build();
        Echo echo = new Echo();
        Asker asker = new Asker();
        running.run(() -> {
            Factory served = TlsFactory.forServer(TlsFactory.forServer(address -> echo, () -> inner), () -> outer);
            ListeningPort port =
                    running.reactor().listenTcp(SockaddrIn.of("127.0.0.1", 0), served, ListenOptions.DEFAULT);
            running.reactor()
                    .connectTcp(
                            "127.0.0.1",
                            ((SockaddrIn) port.getHost()).port(),
                            TlsFactory.forClient(
                                    TlsFactory.forClient(address -> asker, trusting, "inner.test"),
                                    trusting,
                                    "localhost"),
                            ConnectOptions.DEFAULT);
        });
        assertThat(RunningReactor.await(asker.lost, "the end").reason()).isEqualTo(Reason.DONE);
        assertThat(asker.heard).isEqualTo("hello");
        assertThat(asker.names).containsExactly("CN=inner.test");
    }

    @Test
    void whoWaitsForAHandshakeIsToldOfItsEnd() throws Exception {
        TlsContext context = server().build();
        int port = listen(() -> context);
        TlsContext suspicious =
                TlsContext.builder().trust(Certificates.selfSigned()).build();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Protocol waiting = new Protocol() {
            @Override
            public void connectionMade() {
                transport().tls().whenHandshakeDone().addCallbacks(outcome::complete, outcome::complete);
            }

            @Override
            public void dataReceived(ByteBuffer data) {}
        };
        running.run(() -> running.reactor()
                .connectTcp(
                        "127.0.0.1",
                        port,
                        TlsFactory.forClient(address -> waiting, suspicious, "localhost"),
                        ConnectOptions.DEFAULT));
        assertThat(RunningReactor.await(outcome, "the handshake"))
                .isInstanceOfSatisfying(
                        ConnectionLost.class,
                        lost -> assertThat(lost).hasMessageContaining("the certificate of localhost is not accepted"));
    }
}
