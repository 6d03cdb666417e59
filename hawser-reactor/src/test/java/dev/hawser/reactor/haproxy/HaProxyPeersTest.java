package dev.hawser.reactor.haproxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.RunningReactor;
import dev.hawser.reactor.protocols.LineOnlyReceiver;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Eventually;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HAProxy before and behind us, and curl. */
@Timeout(60)
class HaProxyPeersTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Tells HAProxy's name in full, so that nothing of the machine's configuration counts. */
    private static final String CONFIGURATION = """
            global
              log stdout format raw local0 debug
            defaults
              mode tcp
              timeout connect 5s
              timeout client 10s
              timeout server 10s
              timeout check 5s
            """;

    /** Answers each line with the peer, and what the header says. */
    private static final class Teller extends LineOnlyReceiver {
        @Override
        protected void lineReceived(byte[] line) {
            ProxyHeader header = ProxyHeader.of(transport());
            sendLine((transport().getPeer() + " " + transport().getHost() + " " + describe(header)).getBytes(US_ASCII));
        }

        private static String describe(@Nullable ProxyHeader header) {
            if (header == null) {
                return "nothing";
            }
            ProxySsl ssl = header.ssl();
            byte[] id = header.uniqueId();
            return header.network() + " " + (id == null ? "-" : new String(id, US_ASCII)) + " "
                    + (ssl == null ? "-" : ssl.version() + " " + ssl.isVerified()) + " " + header.authority();
        }
    }

    @TempDir
    private Path directory;

    private RunningReactor reactor;
    private final List<Sockaddr> built = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger checks = new AtomicInteger();

    @BeforeEach
    void open() throws Exception {
        reactor = RunningReactor.open();
    }

    @AfterEach
    void close() {
        reactor.close();
    }

    private int listen(Factory factory) throws Exception {
        Sockaddr host = reactor.call(() -> reactor.reactor()
                .listenTcp(SockaddrIn.of("127.0.0.1", 0), factory, ListenOptions.DEFAULT)
                .getHost());
        return ((SockaddrIn) host).port();
    }

    private HaProxyFactory behindProxy() {
        return new HaProxyFactory(address -> {
                    built.add(address);
                    return new Teller();
                })
                .localConnections(address -> {
                    checks.incrementAndGet();
                    return new Web();
                })
                .onRefused((peer, reason) -> refused.add(reason.getMessage()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }

    /** Runs HAProxy, and waits until somebody listens. */
    private Peer haproxy(String configuration, int port) throws Exception {
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), CONFIGURATION + configuration.stripIndent());
        Peer haproxy = Peers.start("haproxy", "-db", "-f", file.toString());
        try {
            Eventually.eventually().until(() -> {
                try (Socket probe = new Socket(LOOPBACK, port)) {
                    return probe.isConnected();
                } catch (IOException notYet) {
                    return false;
                }
            });
            return haproxy;
        } catch (Throwable e) {
            haproxy.close();
            throw e;
        }
    }

    private static String ask(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write("who?\r\n".getBytes(US_ASCII));
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options crc32c"})
    @RequiresProgram("haproxy")
    void haproxyTellsWhoIsThere(String option) throws Exception {
        int server = listen(behindProxy());
        int front = freePort();
        try (Peer haproxy = haproxy("""
                        listen front
                          bind 127.0.0.1:%d
                          server us 127.0.0.1:%d %s
                        """.formatted(front, server, option), front);
                Socket client = new Socket(LOOPBACK, front)) {
            assertThat(ask(client)).startsWith("127.0.0.1:" + client.getLocalPort() + " 127.0.0.1:" + front + " TCP4 ");
            assertThat(refused).isEmpty();
            assertThat(haproxy.process().isAlive()).isTrue();
        }
    }

    @Test
    @RequiresProgram("haproxy")
    void haproxyTellsOfTlsAndItsNameOfTheConnection() throws Exception {
        Path pem = certificate();
        int server = listen(behindProxy());
        int front = freePort();
        try (Peer haproxy = haproxy("""
                        listen front
                          bind 127.0.0.1:%d ssl crt %s
                          unique-id-format id-%%fp
                          server us 127.0.0.1:%d send-proxy-v2-ssl-cn proxy-v2-options unique-id,ssl,crc32c,authority
                        """.formatted(front, pem, server), front);
                Peer openssl = Peers.start(
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-connect",
                        "127.0.0.1:" + front,
                        "-servername",
                        "example.org")) {
            openssl.writeLine("who?\r");
            assertThat(openssl.readLine())
                    .startsWith("127.0.0.1:")
                    .contains(" TCP4 id-" + front + " TLSv1.3 false example.org");
            assertThat(refused).isEmpty();
            assertThat(haproxy.process().isAlive()).isTrue();
        }
    }

    private Path certificate() throws Exception {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("cert.pem");
        try (Peer openssl = Peers.start(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())) {
            assertThat(openssl.awaitExit()).isZero();
        }
        return Files.writeString(directory.resolve("both.pem"), Files.readString(certificate) + Files.readString(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    @RequiresProgram("haproxy")
    void healthChecksAreServedApart(String option) throws Exception {
        int server = listen(behindProxy());
        int front = freePort();
        try (Peer haproxy = haproxy("""
                        listen front
                          bind 127.0.0.1:%d
                          option httpchk GET /
                          server us 127.0.0.1:%d %s check check-send-proxy inter 50ms
                        """.formatted(front, server, option), front)) {
            Eventually.eventually().until(() -> checks.get() >= 3);
            try (Socket client = new Socket(LOOPBACK, front)) {
                assertThat(ask(client)).startsWith("127.0.0.1:" + client.getLocalPort() + " ");
                assertThat(built).contains(SockaddrIn.of("127.0.0.1", client.getLocalPort()));
            }
            Eventually.eventually().until(() -> checks.get() >= 6);
            assertThat(refused).isEmpty();
            assertThat(haproxy.process().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @RequiresProgram("haproxy")
    void haproxyIsToldWhoIsThere(int version) throws Exception {
        int server = listen(behindProxy());
        int front = freePort();
        Sockaddr client = SockaddrIn.of("192.0.2.77", 4711);
        AccumulatingProtocol asks = new AccumulatingProtocol() {
            @Override
            public void connectionMade() {
                super.connectionMade();
                transport().write("who?\r\n".getBytes(US_ASCII));
            }
        };
        // HAProxy believes us, and tells the server behind it.
        try (Peer haproxy = haproxy("""
                        listen front
                          bind 127.0.0.1:%d accept-proxy
                          server us 127.0.0.1:%d send-proxy
                        """.formatted(front, server), front)) {
            ClientFactory factory = new HaProxyClientFactory(
                    address -> asks, ProxyHeader.of(version, client, SockaddrIn.of("192.0.2.1", 80)));
            reactor.run(() -> reactor.reactor().connectTcp("127.0.0.1", front, factory, ConnectOptions.DEFAULT));
            Eventually.eventually()
                    .untilAsserted(
                            () -> assertThat(reactor.call(asks::text)).startsWith("192.0.2.77:4711 192.0.2.1:80 TCP4"));
            assertThat(haproxy.process().isAlive()).isTrue();
        }
    }

    @Test
    @RequiresProgram("curl")
    void curlSaysItsHeader() throws Exception {
        int server = listen(new HaProxyFactory(address -> new Web()));
        try (Peer curl = Peers.start("curl", "-s", "--haproxy-protocol", "http://127.0.0.1:" + server + "/")) {
            assertThat(curl.readLine()).matches("127.0.0.1:\\d+ PROXY");
            assertThat(curl.awaitExit()).isZero();
        }
    }

    /** Answers a request with the peer. */
    private static final class Web extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            ProxyHeader header = ProxyHeader.of(transport());
            String body = transport().getPeer() + " " + (header == null ? "none" : header.command()) + "\n";
            transport()
                    .write(("HTTP/1.0 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(US_ASCII));
            transport().loseConnection();
        }
    }
}
