package dev.hawser.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed, and what those who are not are told. */
@RequiresProgram("openssl")
class TlsTrustTest {

    @AutoClose
    private final Connections connections = new Connections();

    private TlsSocket client;
    private TlsSocket server;

    private void connect(TlsContext clients, String host, TlsContext servers) throws IOException {
        SocketPair pair = connections.tcp();
        client = connections.add(clients.wrapClient(pair.first(), host));
        server = connections.add(servers.wrapServer(pair.second()));
    }

    private void shakeHands(TlsContext clients, String host, TlsContext servers) throws Exception {
        connect(clients, host, servers);
        Connections.shakeHands(client, server);
    }

    /** What the client says of the server; the server is told by an alert. */
    private String refusal(TlsContext clients, String host, Path certificate) throws Exception {
        connect(clients, host, TlsContext.forServer(certificate, Certificates.key(certificate)));
        Tasks<Void> serving = Tasks.run(server::doHandshake);
        String message = failure(client::doHandshake).getMessage();
        assertThatThrownBy(serving::result)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageStartingWith("doHandshake tls 127.0.0.1:")
                .hasMessageContaining("Received fatal alert: certificate_");
        return message;
    }

    private static SSLHandshakeException failure(Tasks.Action action) {
        try {
            action.run();
        } catch (SSLHandshakeException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was thrown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "local.test", "local.test.", "127.0.0.1", "::1", "[::1]", "::1%lo"})
    void theCertificateIsForEachOfItsNames(String host) throws Exception {
        shakeHands(Connections.client(), host, Connections.server());
        assertThat(client.serverHostName()).isEqualTo(host);
        assertThat(client.getPeerCertChain()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.test", "127.0.0.2", "::2", "sub.local.test"})
    void anotherHostsCertificateIsNotAccepted(String host) throws Exception {
        assertThat(refusal(Connections.client(), host, Certificates.local()))
                .startsWith("doHandshake tls 127.0.0.1:")
                .contains("the certificate of " + host + " is not accepted: ")
                .containsIgnoringCase("no subject alternative");
    }

    @Test
    void anExpiredCertificateIsNotAccepted() throws Exception {
        assertThat(refusal(Connections.client(), "localhost", Certificates.expired()))
                .contains("the certificate of localhost is not accepted: ")
                .contains("NotAfter: ");
    }

    @Test
    void aCertificateThatNobodyIssuedIsAcceptedByWhoTrustsItOnly() throws Exception {
        Path self = Certificates.selfSigned();
        assertThat(refusal(Connections.client(), "localhost", self))
                .contains("unable to find valid certification path");
        assertThat(refusal(TlsContext.createDefault(), "localhost", self))
                .contains("unable to find valid certification path");
        shakeHands(
                TlsContext.builder().trust(self).build(),
                "localhost",
                TlsContext.forServer(self, Certificates.key(self)));
        assertThat(client.issuer()).isEqualTo("CN=localhost");
    }

    @Test
    void onlyWithoutVerificationIsAnyoneBelieved() throws Exception {
        TlsContext anyone = TlsContext.builder().insecureWithoutVerification().build();
        Path expired = Certificates.expired();
        shakeHands(anyone, "other.test", TlsContext.forServer(expired, Certificates.key(expired)));
        shakeHands(anyone, null, Connections.server());
        assertThat(client.server()).isEqualTo("CN=localhost,O=Hawser");
        assertThatThrownBy(() -> connect(Connections.client(), null, Connections.server()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host name");
    }

    @Test
    void theFunctionOfTheSeedVerifies() throws Exception {
        SocketPair pair = connections.tcp();
        server = connections.add(Connections.server().wrapServer(pair.second()));
        Tasks<Void> serving = Tasks.run(server::doHandshake);
        assertThat(failure(() -> Tls.ssl(pair.first(), "localhost"))).hasMessageContaining("is not accepted");
        assertThatThrownBy(serving::result).isInstanceOf(SSLException.class);
        assertThat(pair.first().isClosed()).isTrue();
    }

    @Test
    void aServerShowsTheCertificateForTheNameThatIsAskedFor() throws Exception {
        Path first = Certificates.forHost("one.test");
        Path second = Certificates.forHost("two.test");
        TlsContext servers = TlsContext.builder()
                .certificate(first, Certificates.key(first))
                .certificate(second, Certificates.key(second))
                .build();
        shakeHands(Connections.client(), "two.test", servers);
        assertThat(client.server()).isEqualTo("CN=two.test");
        shakeHands(Connections.client(), "one.test", servers);
        assertThat(client.server()).isEqualTo("CN=one.test");
    }

    private static TlsContext servers(ClientCertificate wish) throws IOException {
        return TlsContext.builder()
                .certificate(Certificates.local(), Certificates.key(Certificates.local()))
                .trust(Certificates.authority())
                .clientCertificate(wish)
                .build();
    }

    @Test
    void aClientShowsItsCertificateToAServerThatAsks() throws Exception {
        TlsContext clients = TlsContext.builder()
                .trust(Certificates.authority())
                .certificate(Certificates.client(), Certificates.key(Certificates.client()))
                .build();
        for (ClientCertificate wish : ClientCertificate.values()) {
            shakeHands(clients, "localhost", servers(wish));
            assertThat(server.getPeerCert() == null).isEqualTo(wish == ClientCertificate.NONE);
        }
        assertThat(server.server()).isEqualTo("CN=client,O=Hawser");
    }

    @Test
    void aClientWithoutCertificateIsRefusedWhereOneIsNeeded() throws Exception {
        shakeHands(Connections.client(), "localhost", servers(ClientCertificate.WANTED));
        assertThat(server.getPeerCert()).isNull();

        connect(Connections.client(), "localhost", servers(ClientCertificate.NEEDED));
        Tasks<Void> serving = Tasks.run(server::doHandshake);
        client.doHandshake(); // TLS 1.3: the refusal comes later
        assertThatThrownBy(serving::result).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> client.recv(1))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("certificate_required");
        assertThatThrownBy(() -> client.recv(1)).hasMessageContaining("certificate_required");
        assertThatThrownBy(() -> client.sendAll(new byte[1])).hasMessageContaining("certificate_required");
    }

    @Test
    void theProtocolIsAgreedOnByAlpn() throws Exception {
        TlsContext servers = TlsContext.builder()
                .certificate(Certificates.local(), Certificates.key(Certificates.local()))
                .alpnProtocols("h2", "http/1.1")
                .build();
        TlsContext old = TlsContext.builder()
                .trust(Certificates.authority())
                .alpnProtocols("http/1.1")
                .build();
        shakeHands(old, "localhost", servers);
        assertThat(client.selectedAlpnProtocol()).isEqualTo("http/1.1").isEqualTo(server.selectedAlpnProtocol());

        TlsContext other = TlsContext.builder()
                .trust(Certificates.authority())
                .alpnProtocols("other")
                .build();
        connect(other, "localhost", servers);
        Tasks<Void> serving = Tasks.run(server::doHandshake);
        assertThat(failure(client::doHandshake)).hasMessageContaining("no_application_protocol");
        assertThatThrownBy(serving::result).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void peersWithoutACommonVersionSaySo() throws Exception {
        TlsContext old = TlsContext.builder()
                .trust(Certificates.authority())
                .protocols("TLSv1.2")
                .build();
        connect(old, "localhost", Connections.server("TLSv1.3"));
        Tasks<Void> serving = Tasks.run(server::doHandshake);
        assertThat(failure(client::doHandshake)).hasMessageContaining("protocol_version");
        assertThatThrownBy(serving::result)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("protocol");
    }

    @Test
    void aPeerThatSpeaksPlaintextIsToldApart() throws Exception {
        SocketPair pair = connections.tcp();
        server = connections.add(Connections.server().wrapServer(pair.second()));
        pair.first().sendAll("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(failure(server::doHandshake))
                .hasMessageEndingWith("the peer does not speak TLS: it sent \"GET / HTTP/1.1\\r\\n\"");
        assertThat(pair.first().recv(1)).isEqualTo(new byte[] {21}); // an alert
    }

    @Test
    void aPeerThatLeavesDuringTheHandshakeIsToldApart() throws Exception {
        SocketPair pair = connections.tcp();
        client = connections.add(Connections.client().wrapClient(pair.first(), "localhost"));
        pair.second().shutdown(Constants.SHUT_WR);
        assertThat(failure(client::doHandshake)).hasMessageContaining("closed the connection during the handshake");
    }

    @Test
    void aSessionIsResumedByTheSameContext() throws Exception {
        for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
            TlsContext clients = Connections.client();
            TlsContext servers = Connections.server(version);
            Socket listener = connections.listener();
            for (int i = 0; i < 2; i++) {
                client = connections.add(
                        clients.wrapClient(connections.connect(Connections.port(listener)), "localhost"));
                server = connections.add(servers.wrapServer(connections.accept(listener)));
                Connections.shakeHands(client, server);
                server.sendAll(new byte[] {1}); // before it, in TLS 1.3, comes the ticket
                assertThat(client.recv(1)).hasSize(1);
                assertThat(client.sessionReused()).as(version).isEqualTo(i == 1);
                assertThat(server.sessionReused()).as(version).isEqualTo(i == 1);
                assertThat(client.server()).isEqualTo("CN=localhost,O=Hawser");
            }
        }
    }

    @Test
    void whatCannotBeWrappedIsRefusedAndStaysOpen() throws Exception {
        SocketPair pair = connections.tcp();
        assertThatThrownBy(() -> Connections.client().wrapServer(pair.first()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a server needs a certificate");
        assertThatThrownBy(() -> Connections.client().wrapClient(pair.first(), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(pair.first().isClosed()).isFalse();
        try (SocketPair datagrams = Sockets.socketPair(Constants.AF_UNIX, Constants.SOCK_DGRAM, 0)) {
            assertThatThrownBy(() -> Connections.client().wrapClient(datagrams.first(), "localhost"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("stream");
        }
    }

    @Test
    void itWorksOverAnyStreamSocket() throws Exception {
        SocketPair pair = connections.add(Sockets.socketPair());
        client = connections.add(Connections.client().wrapClient(pair.first(), "localhost"));
        server = connections.add(Connections.server().wrapServer(pair.second()));
        assertThatThrownBy(() -> client.getPeerCert()).isInstanceOf(IllegalStateException.class);
        assertThat(client.version()).isNull();
        Tasks<byte[]> receiving = Tasks.start(() -> server.recv(5)); // shakes hands by itself
        client.sendAll("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(receiving.result()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }
}
