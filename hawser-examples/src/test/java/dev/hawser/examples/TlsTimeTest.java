package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresProgram("openssl")
class TlsTimeTest {

    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-02T09:05:01.9Z"), ZoneId.of("UTC"));

    @TempDir
    private static Path directory;

    private static Path certificate;
    private static Path key;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private TlsTimeServer server;
    private FutureTask<Void> serving;
    private HostPort address;

    @BeforeAll
    static void makeACertificate() throws Exception {
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        String words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost"
                + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " + key + " -out " + certificate;
        try (Peer openssl = Peers.start("openssl", words.split(" "))) {
            assertThat(openssl.awaitExit()).isZero();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        PrintStream stream = new PrintStream(log, true, UTF_8);
        SockaddrIn any = new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0);
        server = new TlsTimeServer(any, TlsContext.forServer(certificate, key), STOPPED, stream);
        address = HostPort.parse(server.address().toString());
        Callable<Void> serve = () -> {
            server.serve();
            return null;
        };
        serving = new FutureTask<>(serve);
        Thread.ofVirtual().start(serving);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        assertThat(serving).succeedsWithin(Serving.PATIENCE);
    }

    private static TlsContext trusting() throws IOException {
        return TlsContext.builder().trust(certificate).build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void answersItsOwnClient() throws Exception {
        try (TimeClient client = new TlsTimeClient(address, Serving.PATIENCE, trusting())) {
            assertThat(client.ask(bytes("网络编程"))).isEqualTo(bytes(Serving.STAMP + "网络编程"));
            byte[] longest = new byte[TimeServer.BUFSIZ];
            assertThat(client.ask(longest)).hasSize(Ctime.STAMP_BYTES + longest.length);
        }
        await().untilAsserted(() -> assertThat(server.served()).isEqualTo("1 client"));
    }

    @Test
    void answersOpenssl() throws Exception {
        String words = "s_client -quiet -verify_return_error -connect " + address + " -CAfile " + certificate;
        try (Peer openssl = Peers.start("openssl", words.split(" "))) {
            openssl.writeLine("hello");
            assertThat(openssl.readLine()).isEqualTo(Serving.STAMP + "hello");
            openssl.writeLine("again");
            assertThat(openssl.readLine()).isEqualTo(Serving.STAMP + "again");
        }
    }

    @Test
    void asksOpenssl() throws Exception {
        String words = "s_server -accept 127.0.0.1:0 -cert " + certificate + " -key " + key;
        try (Peer openssl = Peers.start("openssl", words.split(" "))) {
            String line = openssl.readLine();
            while (!line.startsWith("ACCEPT ")) {
                line = openssl.readLine();
            }
            HostPort there = HostPort.parse(line.substring("ACCEPT ".length()));
            try (TimeClient client = new TlsTimeClient(there, Serving.PATIENCE, trusting())) {
                openssl.writeLine(Serving.STAMP.strip()); // 27 bytes with its newline, and the message
                openssl.writeLine("hell");
                assertThat(client.ask(bytes("hello"))).isEqualTo(bytes(Serving.STAMP.strip() + "\nhell\n"));
            }
        }
    }

    @Test
    void aClientTrustsNobodyElse() {
        assertThatThrownBy(() -> new TlsTimeClient(address, Serving.PATIENCE, TlsContext.createDefault()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the certificate of 127.0.0.1 is not accepted");
        await().until(() -> log.toString(UTF_8).contains("...lost: "));
    }

    @Test
    void closingTheServerDisconnectsItsClients() throws Exception {
        try (TimeClient client = new TlsTimeClient(address, Serving.PATIENCE, trusting())) {
            client.ask(bytes("x"));
            end();
            assertThatThrownBy(() -> client.ask(bytes("y"))).isInstanceOf(IOException.class);
        }
    }
}
