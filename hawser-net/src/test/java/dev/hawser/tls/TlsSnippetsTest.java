package dev.hawser.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the Javadoc, compiled and run. */
@RequiresProgram("openssl")
class TlsSnippetsTest {

    @AutoClose
    private final Connections connections = new Connections();

    // @start region="client"
    static String ask(String host, int port, TlsContext context) throws IOException {
        try (TlsSocket socket = context.wrapClient(Sockets.createConnection(host, port), host)) {
            socket.setTimeout(Duration.ofSeconds(5));
            socket.sendAll("hello".getBytes(StandardCharsets.UTF_8));
            return new String(socket.recv(1024), StandardCharsets.UTF_8);
        }
    }
    // @end

    @Test
    void clientTalksToServer() throws Exception {
        Path chain = Certificates.local();
        Path key = Certificates.key(chain);
        Path authorities = Certificates.authority();
        // @start region="contexts"
        TlsContext web = TlsContext.createDefault(); // trusts whom the platform trusts
        TlsContext server = TlsContext.forServer(chain, key);
        TlsContext client =
                TlsContext.builder().trust(authorities).alpnProtocols("h2").build();
        // @end
        assertThat(web).isNotNull();
        Socket listener = connections.listener();
        Tasks<Void> serving = Tasks.run(() -> echoOnce(connections.accept(listener), server));
        assertThat(ask("localhost", Connections.port(listener), client)).isEqualTo("hello");
        serving.result();
    }

    static void echoOnce(Socket plain, TlsContext context) throws IOException {
        try (TlsSocket socket = context.wrapServer(plain)) {
            socket.sendAll(socket.recv(1024));
            assertThat(socket.recv(1)).isEmpty();
        }
    }

    // @start region="seed"
    static String pythons(Socket socket) throws IOException {
        TlsContext anyone = TlsContext.builder().insecureWithoutVerification().build(); // as Python 2 did
        try (TlsSocket ssl = anyone.wrapClient(socket, null)) { // Tls.ssl(socket, "localhost") verifies
            ssl.write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return ssl.server() + " says " + new String(ssl.read(1024), StandardCharsets.US_ASCII);
        }
    }
    // @end

    @Test
    void theSeedsFunctionTalksToAnyone() throws Exception {
        TlsContext server =
                TlsContext.forServer(Certificates.selfSigned(), Certificates.key(Certificates.selfSigned()));
        Socket listener = connections.listener();
        Tasks<Void> serving = Tasks.run(() -> echoOnce(connections.accept(listener), server));
        assertThat(pythons(connections.connect(Connections.port(listener))))
                .isEqualTo("CN=localhost says GET / HTTP/1.0\r\n\r\n");
        serving.result();
    }

    // @start region="engine"
    /** Goes on with a handshake: what one end has to say is what the other one needs. */
    static void shake(TlsEngine one, TlsEngine other) throws IOException {
        while (!one.isHandshaken() || !other.isHandshaken()) {
            one.handshake();
            other.input().put(one.output());
            other.handshake();
            one.input().put(other.output());
        }
    }
    // @end

    @Test
    void enginesTalkWithoutSockets() throws Exception {
        TlsEngine server = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()))
                .server();
        TlsEngine client =
                TlsContext.builder().trust(Certificates.authority()).build().client("localhost", -1);
        shake(client, server);
        client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        server.lend(client.output());
        ByteBuffer heard = ByteBuffer.allocate(server.largestPlaintextBytes());
        assertThat(server.read(heard)).isEqualTo(5);
        assertThat(server.read(heard)).isEqualTo(TlsEngine.NEED_INPUT);
        server.keep();
        assertThat(heard.flip()).isEqualTo(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        assertThat(server.serverName()).isEqualTo("localhost");

        client.closeOutput();
        server.lend(client.output());
        assertThat(server.read(heard.clear())).isEqualTo(TlsEngine.END);
        server.keep();
    }

    @Test
    void aContextIsReadAgain(@TempDir Path directory) throws Exception {
        Path chain = Files.copy(Certificates.local(), directory.resolve("chain.pem"));
        Path key = Files.copy(Certificates.key(Certificates.local()), directory.resolve("key.pem"));
        // @start region="reloading"
        ReloadingTlsContext current = ReloadingTlsContext.forServer(chain, key);
        // later, for each connection: current.get(); and when somebody says so: current.reload()
        // @end
        TlsContext first = current.get();
        assertThat(current.get()).isSameAs(first);
        current.reload();
        assertThat(current.get()).isNotSameAs(first);

        ReloadingTlsContext watching =
                ReloadingTlsContext.of(Duration.ZERO, () -> TlsContext.forServer(chain, key), chain, key);
        TlsContext before = watching.get();
        Files.writeString(key, "no key");
        assertThat(watching.get()).isSameAs(before);
        Files.copy(Certificates.key(Certificates.forHost("other.test")), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(watching.get()).isSameAs(before);
        Files.copy(Certificates.forHost("other.test"), chain, StandardCopyOption.REPLACE_EXISTING);
        assertThat(watching.get()).isNotSameAs(before);
    }
}
