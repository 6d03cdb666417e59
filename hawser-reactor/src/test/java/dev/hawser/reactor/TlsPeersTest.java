package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.protocols.LineOnlyReceiver;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.ClientCertificate;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL, CPython and Twisted at the other end of a reactor's TLS. */
@RequiresProgram("openssl")
@Timeout(60)
class TlsPeersTest {

    @AutoClose
    private final RunningReactor running = RunningReactor.open();

    private final List<Echo> servers = new CopyOnWriteArrayList<>();

    TlsPeersTest() throws IOException {}

    /** Says lines back; STARTTLS is answered, and done. */
    private static final class Echo extends LineOnlyReceiver implements TlsTransport.HandshakeListener {
        private final CompletableFuture<TlsTransport> agreed = new CompletableFuture<>();
        private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();

        Echo() {
            setDelimiter(new byte[] {'\n'});
        }

        @Override
        protected void lineReceived(byte[] line) {
            sendLine(line);
            if (new String(line, US_ASCII).equals("STARTTLS")) {
                try {
                    transport().startTls(server().build());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public void handshakeCompleted(TlsTransport tls) {
            agreed.complete(tls);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost.complete(reason);
        }
    }

    /** Says STARTTLS, if it is to, then a line, and ends when it comes back. */
    private static final class Client extends LineOnlyReceiver {
        private final boolean startsTls;
        private final List<String> heard = new ArrayList<>();
        private final CompletableFuture<ConnectionLost> lost = new CompletableFuture<>();

        Client(boolean startsTls) {
            this.startsTls = startsTls;
            setDelimiter(new byte[] {'\n'});
        }

        @Override
        public void connectionMade() {
            sendLine((startsTls ? "STARTTLS" : "hello").getBytes(US_ASCII));
        }

        @Override
        protected void lineReceived(byte[] line) {
            heard.add(new String(line, US_ASCII));
            if (startsTls && heard.size() == 1) {
                try {
                    transport().startTls(client().build(), "localhost");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                sendLine("hello".getBytes(US_ASCII));
            } else {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            lost.complete(reason);
        }
    }

    private static TlsContext.Builder server() throws IOException {
        return TlsContext.builder().certificate(Certificates.local(), Certificates.key(Certificates.local()));
    }

    private static TlsContext.Builder client() throws IOException {
        return TlsContext.builder().trust(Certificates.authority());
    }

    private Echo newEcho() {
        Echo echo = new Echo();
        servers.add(echo);
        return echo;
    }

    private int listen(Factory factory) throws Exception {
        return running.call(() -> ((SockaddrIn) running.reactor()
                        .listenTcp(SockaddrIn.of("127.0.0.1", 0), factory, ListenOptions.DEFAULT)
                        .getHost())
                .port());
    }

    private int listenTls(TlsContext context) throws Exception {
        return listen(TlsFactory.forServer(address -> newEcho(), () -> context));
    }

    private Client connect(int port, boolean startsTls, TlsContext context) throws Exception {
        Client made = new Client(startsTls);
        ClientFactory factory = address -> made;
        running.run(() -> running.reactor()
                .connectTcp(
                        "127.0.0.1",
                        port,
                        startsTls ? factory : TlsFactory.forClient(factory, context, "localhost"),
                        ConnectOptions.DEFAULT));
        return made;
    }

    private static Peer openssl(String words) throws IOException {
        return Peers.start("openssl", words.split(" "));
    }

    private static void awaitLine(Peer peer, String text) {
        for (int i = 0; i < 200; i++) {
            if (peer.readLine().contains(text)) {
                return;
            }
        }
        throw new AssertionError("200 lines without " + text);
    }

    private static void awaitErrorLine(Peer peer, String text) {
        for (int i = 0; i < 200; i++) {
            if (peer.readErrorLine().contains(text)) {
                return;
            }
        }
        throw new AssertionError("200 lines without " + text);
    }

    private static String sClient(int port, String words) {
        return "s_client -connect 127.0.0.1:" + port + " -servername localhost -verify_return_error -CAfile "
                + Certificates.authority() + words;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_2", "1_3"})
    void sClientTalksToAReactorAndSaysGoodbye(String version) throws Exception {
        int port = listenTls(server().alpnProtocols("x", "echo").build());
        try (Peer peer = openssl(sClient(port, " -quiet -alpn echo -tls" + version))) {
            peer.writeLine("hello");
            assertThat(peer.readLine()).isEqualTo("hello");
            Echo echo = servers.getFirst();
            TlsTransport tls = RunningReactor.await(echo.agreed, "the handshake");
            assertThat(tls.version()).isEqualTo("TLSv" + version.replace('_', '.'));
            assertThat(tls.applicationProtocol()).isEqualTo("echo");
            assertThat(tls.serverName()).isEqualTo("localhost");
            running.run(() -> echo.transport().loseConnection());
            peer.awaitExit();
            assertThat(RunningReactor.await(echo.lost, "the end").reason()).isEqualTo(Reason.DONE);
        }
    }

    @Test
    void sClientShowsItsCertificateAndResumes(@TempDir Path directory) throws Exception {
        Path session = directory.resolve("session");
        Path own = Certificates.client();
        int port = listenTls(server().trust(Certificates.authority())
                .clientCertificate(ClientCertificate.NEEDED)
                .build());
        String words = " -ign_eof -cert " + own + " -key " + Certificates.key(own);
        for (String more : List.of(" -sess_out ", " -sess_in ")) {
            try (Peer peer = openssl(sClient(port, words + more + session))) {
                peer.writeLine("hello");
                awaitLine(peer, "hello");
                Echo echo = servers.getLast();
                TlsTransport tls = RunningReactor.await(echo.agreed, "the handshake");
                assertThat(tls.isSessionReused()).isEqualTo(more.contains("_in"));
                assertThat(tls.peerCertificates()
                                .getFirst()
                                .getSubjectX500Principal()
                                .getName())
                        .isEqualTo("CN=client,O=Hawser");
                running.run(() -> echo.transport().loseConnection());
                peer.awaitExit();
            }
        }
    }

    @Test
    void aRenegotiationOfOpensslsIsRefused() throws Exception {
        int port = listenTls(server().protocols("TLSv1.2").build());
        try (Peer peer = openssl(sClient(port, ""))) {
            peer.writeLine("hello");
            awaitLine(peer, "hello");
            peer.writeLine("R");
            assertThat(RunningReactor.await(servers.getFirst().lost, "the end")).hasMessageContaining("renegotiation");
        }
    }

    @Test
    void newKeysOfOpensslsAreAnswered() throws Exception {
        int port = listenTls(server().build());
        try (Peer peer = openssl(sClient(port, ""))) {
            for (int i = 0; i < 3; i++) {
                peer.writeLine("hello" + i);
                awaitLine(peer, "hello" + i);
                peer.writeLine("K");
                awaitErrorLine(peer, "KEYUPDATE");
            }
            peer.writeLine("last");
            awaitLine(peer, "last");
        }
    }

    @Test
    void aFloodOfNewKeysIsRefused() throws Exception {
        int port = listenTls(server().build());
        try (Peer peer = openssl(sClient(port, ""))) {
            peer.writeLine("hello");
            awaitLine(peer, "hello");
            for (int i = 0; i <= 100; i++) {
                peer.writeLine("K");
                awaitErrorLine(peer, "KEYUPDATE");
            }
            assertThat(RunningReactor.await(servers.getFirst().lost, "the end"))
                    .hasMessageContaining("new keys again and again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_2", "1_3"})
    void aReactorTalksToSServer(String version) throws Exception {
        Path chain = Certificates.local();
        try (Peer peer = openssl("s_server -accept 127.0.0.1:0 -rev -Verify 1 -verify_return_error -CAfile "
                + Certificates.authority() + " -cert " + chain + " -key " + Certificates.key(chain) + " -tls"
                + version)) {
            String line = peer.readLine();
            while (!line.startsWith("ACCEPT ")) {
                line = peer.readLine();
            }
            TlsContext known = client().certificate(Certificates.client(), Certificates.key(Certificates.client()))
                    .build();
            Client client = connect(Integer.parseInt(line.replaceAll(".*:", "")), false, known);
            assertThat(RunningReactor.await(client.lost, "the end").reason()).isEqualTo(Reason.DONE);
            assertThat(client.heard).containsExactly("olleh");
        }
    }

    @Test
    void cpythonTalksToAReactor() throws Exception {
        int port = listenTls(server().build());
        String script = """
                import socket, ssl, sys
                context = ssl.create_default_context(cafile=sys.argv[2])
                plain = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
                with context.wrap_socket(plain, server_hostname='localhost') as tls:
                    tls.sendall(b'hello\\n')
                    print(tls.recv(100).decode().strip())
                    plain = tls.unwrap()
                    print('unwrapped')
                """;
        try (Peer python = Peers.python(
                script, Integer.toString(port), Certificates.authority().toString())) {
            assertThat(python.readLine()).isEqualTo("hello");
            assertThat(python.readLine()).isEqualTo("unwrapped");
        }
        assertThat(RunningReactor.await(servers.getFirst().lost, "the end").reason())
                .isEqualTo(Reason.DONE);
    }

    @Test
    void aReactorTalksToCpython() throws Exception {
        String script = """
                import socket, ssl, sys
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[1], sys.argv[2])
                listener = socket.create_server(('127.0.0.1', 0))
                print(listener.getsockname()[1])
                with context.wrap_socket(listener.accept()[0], server_side=True) as tls:
                    tls.sendall(tls.recv(100))
                    print('end', tls.recv(100))
                """;
        Path chain = Certificates.local();
        try (Peer python =
                Peers.python(script, chain.toString(), Certificates.key(chain).toString())) {
            Client client = connect(Integer.parseInt(python.readLine()), false, client().build());
            assertThat(RunningReactor.await(client.lost, "the end").reason()).isEqualTo(Reason.DONE);
            assertThat(client.heard).containsExactly("hello");
            assertThat(python.readLine()).isEqualTo("end b''");
        }
    }

    private static final String TWISTED = """
            import sys
            from twisted.internet import protocol, reactor, ssl
            from twisted.protocols import basic

            class Lines(basic.LineReceiver):
                delimiter = b'\\n'
                def connectionLost(self, reason):
                    print(reason.type.__name__)
                    if reactor.running:
                        reactor.stop()
            """;

    private static final String TWISTED_SERVER = TWISTED + """

            context = ssl.DefaultOpenSSLContextFactory(sys.argv[2], sys.argv[1])
            class Echo(Lines):
                def lineReceived(self, line):
                    self.sendLine(line)
                    if line == b'STARTTLS':
                        self.transport.startTLS(context)
            port = reactor.listenTCP(0, protocol.Factory.forProtocol(Echo), interface='127.0.0.1')
            print(port.getHost().port)
            reactor.run()
            """;

    private static final String TWISTED_CLIENT = TWISTED + """

            with open(sys.argv[2], 'rb') as file:
                authority = ssl.Certificate.loadPEM(file.read())
            class Start(Lines):
                def connectionMade(self):
                    self.sendLine(b'STARTTLS')
                def lineReceived(self, line):
                    print(line.decode())
                    if line == b'STARTTLS':
                        self.transport.startTLS(ssl.optionsForClientTLS('localhost', trustRoot=authority))
                        self.sendLine(b'hello')
                    else:
                        self.transport.loseConnection()
            reactor.connectTCP('127.0.0.1', int(sys.argv[1]), protocol.ClientFactory.forProtocol(Start))
            reactor.run()
            """;

    @Test
    void twistedStartsTlsWithAReactor() throws Exception {
        Peers.requirePythonModule("twisted");
        Peers.requirePythonModule("OpenSSL");
        int port = listen(address -> newEcho());
        try (Peer python = Peers.python(
                TWISTED_CLIENT, Integer.toString(port), Certificates.authority().toString())) {
            assertThat(python.readLine()).isEqualTo("STARTTLS");
            assertThat(python.readLine()).isEqualTo("hello");
            assertThat(python.readLine()).isEqualTo("ConnectionDone");
        }
        assertThat(RunningReactor.await(servers.getFirst().lost, "the end").reason())
                .isEqualTo(Reason.DONE);
    }

    @Test
    void aReactorStartsTlsWithTwisted() throws Exception {
        Peers.requirePythonModule("twisted");
        Peers.requirePythonModule("OpenSSL");
        Path chain = Certificates.local();
        try (Peer python = Peers.python(
                TWISTED_SERVER, chain.toString(), Certificates.key(chain).toString())) {
            Client client = connect(Integer.parseInt(python.readLine()), true, client().build());
            assertThat(RunningReactor.await(client.lost, "the end").reason()).isEqualTo(Reason.DONE);
            assertThat(client.heard).containsExactly("STARTTLS", "hello");
            assertThat(python.readLine()).isEqualTo("ConnectionDone");
        }
    }
}
