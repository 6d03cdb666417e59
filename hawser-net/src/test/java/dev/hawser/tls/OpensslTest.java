package dev.hawser.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Socket;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With OpenSSL at the other end. */
@RequiresProgram("openssl")
class OpensslTest {

    @AutoClose
    private final Connections connections = new Connections();

    /** {@code openssl s_server} on a free port, with the words that follow. */
    private static Peer sServer(String words) throws IOException {
        Path chain = Certificates.local();
        return start("s_server -accept 127.0.0.1:0 -cert " + chain + " -key " + Certificates.key(chain) + words);
    }

    private static Peer start(String words) throws IOException {
        return Peers.start("openssl", words.split(" "));
    }

    private TlsSocket connect(Peer sServer, TlsContext context) throws IOException {
        return connect(port(sServer), context);
    }

    private TlsSocket connect(int port, TlsContext context) throws IOException {
        return connections.add(context.wrapClient(connections.connect(port), "localhost"));
    }

    private static int port(Peer sServer) {
        return Integer.parseInt(awaitLine(sServer, "ACCEPT ").replaceAll(".*:", ""));
    }

    /** The first line from here on that contains a text. */
    private static String awaitLine(Peer peer, String text) {
        List<String> others = new ArrayList<>();
        for (; ; ) {
            String line = peer.readLine();
            if (line.contains(text)) {
                return line;
            }
            others.add(line);
            assertThat(others.size()).as("lines without '%s': %s", text, others).isLessThan(200);
        }
    }

    private static void say(TlsSocket socket, String line) throws IOException {
        socket.sendAll((line + "\n").getBytes(US_ASCII));
    }

    private static String hear(TlsSocket socket) throws IOException {
        return new String(Connections.recvExactly(socket, 6), US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_2", "1_3"})
    void clientTalksToAServer(String version) throws Exception {
        try (Peer server = sServer(" -rev -tls" + version)) {
            TlsSocket client = connect(server, Connections.client());
            say(client, "hello");
            assertThat(hear(client)).isEqualTo("olleh\n");
            assertThat(client.version()).isEqualTo("TLSv" + version.replace('_', '.'));
            say(client, "CLOSE"); // -rev closes cleanly then
            assertThat(client.recv(1)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_2", "1_3"})
    void clientResumesASession(String version) throws Exception {
        try (Peer server = sServer(" -rev -tls" + version)) {
            TlsContext context = Connections.client();
            int port = port(server);
            for (int i = 0; i < 2; i++) {
                TlsSocket client = connect(port, context);
                say(client, "hello");
                assertThat(hear(client)).isEqualTo("olleh\n");
                assertThat(client.sessionReused()).isEqualTo(i == 1);
                client.close();
            }
        }
    }

    @Test
    void clientSendsItsNameAndItsCertificateAndAgreesByAlpn() throws Exception {
        TlsContext context = TlsContext.builder()
                .trust(Certificates.authority())
                .certificate(Certificates.client(), Certificates.key(Certificates.client()))
                .alpnProtocols("h2", "http/1.1")
                .build();
        String words = " -alpn http/1.1 -servername localhost -Verify 1 -verify_return_error -CAfile "
                + Certificates.authority() + " -cert2 " + Certificates.selfSigned() + " -key2 "
                + Certificates.key(Certificates.selfSigned());
        try (Peer server = sServer(words)) {
            int port = port(server);
            TlsSocket wrong = connect(port, context);
            // With the name that it was told to look for, it shows its second certificate.
            assertThatThrownBy(wrong::doHandshake).hasMessageContaining("is not accepted");
            TlsSocket client = connections.add(context.wrapClient(connections.connect(port), "local.test"));
            say(client, "hello");
            assertThat(client.selectedAlpnProtocol()).isEqualTo("http/1.1");
            awaitLine(server, "subject=O = Hawser, CN = client");
            awaitLine(server, "hello");
            server.writeLine("howdy");
            assertThat(hear(client)).isEqualTo("howdy\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"K", "k"})
    void clientFollowsTheServersKeyUpdates(String command) throws Exception {
        try (Peer server = sServer(" -tls1_3")) {
            TlsSocket client = connect(server, Connections.client());
            for (int i = 0; i < 3; i++) {
                say(client, "hello" + i);
                awaitLine(server, "hello" + i);
                server.writeLine(command);
                awaitKeyUpdate(server, client);
                server.writeLine("howdy");
                assertThat(hear(client)).isEqualTo("howdy\n");
            }
        }
    }

    /** What it says of a key update it prints with what it prints next. */
    private static void awaitKeyUpdate(Peer sServer, TlsSocket client) throws IOException {
        String line = "";
        while (!line.contains("SSL_do_handshake -> 1")) {
            say(client, "ping");
            line = sServer.readLine();
        }
    }

    /** Runs an echo server for a client with these words. */
    private Peer sClient(String words, TlsContext context, Tasks.Action[] serving) throws Exception {
        Socket listener = connections.listener();
        serving[0] = () -> echo(connections.add(context.wrapServer(connections.accept(listener))));
        return start("s_client -connect 127.0.0.1:" + Connections.port(listener) + " -CAfile "
                + Certificates.authority() + " -verify_return_error -verify_hostname localhost" + words);
    }

    private static void echo(TlsSocket socket) throws IOException {
        try (socket) {
            for (byte[] data = socket.recv(1000); data.length > 0; data = socket.recv(1000)) {
                socket.sendAll(data);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_2", "1_3"})
    void serverTalksToAClient(String version) throws Exception {
        Tasks.Action[] serving = new Tasks.Action[1];
        try (Peer client = sClient(" -quiet -tls" + version, Connections.server(), serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            client.writeLine("hello");
            assertThat(client.readLine()).isEqualTo("hello");
            client.writeLine("again");
            assertThat(client.readLine()).isEqualTo("again");
            client.process().destroy(); // SIGTERM: no close_notify
            assertThatThrownBy(server::result).isInstanceOf(TlsTruncatedException.class);
        }
    }

    @Test
    void aClientsQuitIsACleanEnd() throws Exception {
        Tasks.Action[] serving = new Tasks.Action[1];
        try (Peer client = sClient("", Connections.server(), serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            client.writeLine("hello");
            awaitLine(client, "hello");
            client.writeLine("Q");
            server.result();
            assertThat(client.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"K", "k"})
    void serverFollowsTheClientsKeyUpdates(String command) throws Exception {
        Tasks.Action[] serving = new Tasks.Action[1];
        try (Peer client = sClient(" -tls1_3", Connections.server(), serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            for (int i = 0; i < 3; i++) {
                client.writeLine(command); // takes all that it reads with it
                String said = "";
                while (!said.equals("KEYUPDATE")) {
                    said = client.readErrorLine();
                }
                client.writeLine("hello" + i);
                awaitLine(client, "hello" + i);
            }
            client.writeLine("Q");
            server.result();
        }
    }

    @Test
    void aRenegotiationIsRefused() throws Exception {
        Tasks.Action[] serving = new Tasks.Action[1];
        try (Peer client = sClient(" -tls1_2", Connections.server(), serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            client.writeLine("hello");
            awaitLine(client, "hello");
            client.writeLine("R");
            assertThatThrownBy(server::result)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("renegotiation, which is refused");
        }
    }

    @Test
    void aServersWishToRenegotiateIsRefused() throws Exception {
        try (Peer server = sServer(" -tls1_2")) {
            TlsSocket client = connect(server, Connections.client());
            say(client, "hello");
            awaitLine(server, "hello");
            server.writeLine("r");
            assertThatThrownBy(() -> client.recv(1))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("renegotiation, which is refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_2", "1_3"})
    void serverResumesASession(String version) throws Exception {
        TlsContext context = Connections.server();
        Path session = Certificates.file("session" + version);
        Tasks.Action[] serving = new Tasks.Action[1];
        try (Peer client = sClient(" -tls" + version + " -sess_out " + session, context, serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            client.writeLine("hello");
            awaitLine(client, "hello");
            client.writeLine("Q");
            server.result();
            assertThat(client.awaitExit()).isZero();
        }
        try (Peer client = sClient(" -tls" + version + " -sess_in " + session, context, serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            client.writeLine("hello");
            awaitLine(client, "Reused, TLSv");
            awaitLine(client, "hello");
            client.writeLine("Q");
            server.result();
        }
    }

    @Test
    void aClientThatDoesNotTrustTheServerIsHeard() throws Exception {
        Tasks.Action[] serving = new Tasks.Action[1];
        Path self = Certificates.selfSigned();
        TlsContext context = TlsContext.forServer(self, Certificates.key(self));
        try (Peer client = sClient("", context, serving)) {
            Tasks<Void> server = Tasks.run(serving[0]);
            assertThatThrownBy(server::result).isInstanceOf(SSLException.class).hasMessageContaining("unknown_ca");
            assertThat(client.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void aServersLastRecordCutOffIsNoCleanEnd() throws Exception {
        try (Peer server = sServer(" -tls1_3")) {
            TlsSocket client = connect(server, Connections.client());
            say(client, "hello");
            awaitLine(server, "hello");
            server.writeLine("howdy");
            assertThat(hear(client)).isEqualTo("howdy\n");
            server.process().destroyForcibly();
            assertThatThrownBy(() -> client.recv(1)).isInstanceOf(TlsTruncatedException.class);
        }
    }
}
