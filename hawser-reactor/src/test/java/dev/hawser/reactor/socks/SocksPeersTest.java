package dev.hawser.reactor.socks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.TlsFactory;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.ClientEndpoint;
import dev.hawser.reactor.endpoints.Endpoints;
import dev.hawser.reactor.protocols.Wire;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.testkit.Certificates;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.tls.TlsContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** curl and CPython through our proxy, and we through those of Twisted and CPython. */
@Timeout(60)
@RequiresProgram("python3")
class SocksPeersTest {

    /** A server of files, which says where. */
    private static final String WEB = """
            import http.server
            class Hello(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.send_header('Content-Length', '6')
                    self.end_headers()
                    self.wfile.write(b'hello\\n')
                def log_message(self, *ignored):
                    pass
            server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Hello)
            print(server.server_port)
            server.serve_forever()
            """;

    /** A datagram to an echo by the proxy, and back. */
    private static final String DATAGRAMS = """
            import socket, struct, sys, threading
            def read(s, n):
                data = b''
                while len(data) < n:
                    data += s.recv(n - len(data))
                return data
            echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            echo.bind(('127.0.0.1', 0))
            def serve():
                while True:
                    data, peer = echo.recvfrom(65535)
                    echo.sendto(data.upper(), peer)
            threading.Thread(target=serve, daemon=True).start()
            control = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            control.sendall(b'\\x05\\x01\\x00')
            assert read(control, 2) == b'\\x05\\x00'
            control.sendall(b'\\x05\\x03\\x00\\x01' + bytes(6))
            reply = read(control, 10)
            relay = (socket.inet_ntoa(reply[4:8]), struct.unpack('!H', reply[8:])[0])
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.settimeout(10)
            header = b'\\x00\\x00\\x00\\x01' + socket.inet_aton('127.0.0.1') + struct.pack('!H', echo.getsockname()[1])
            for message in (b'hello', b'x' * 9000):
                s.sendto(header + message, relay)
                answer, peer = s.recvfrom(65535)
                assert peer == relay and answer == header + message.upper()
            print('ok')
            """;

    /** Twisted's proxy, of version 4 and 4a. */
    private static final String TWISTED = """
            from twisted.internet import reactor
            from twisted.protocols.socks import SOCKSv4Factory
            port = reactor.listenTCP(0, SOCKSv4Factory(None), interface='127.0.0.1')
            print(port.getHost().port)
            reactor.run()
            """;

    /** A proxy of version 5 with a password, as small as one can be, which sends its reply and the first bytes behind it in one piece. */
    private static final String SMALL_PROXY = """
            import select, socket, struct
            listener = socket.create_server(('127.0.0.1', 0))
            print(listener.getsockname()[1])
            def read(s, n):
                data = b''
                while len(data) < n:
                    data += s.recv(n - len(data))
                return data
            client, _ = listener.accept()
            version, count = read(client, 2)
            assert version == 5 and 2 in read(client, count)
            client.sendall(b'\\x05\\x02')
            assert read(client, 1) == b'\\x01'
            user = read(client, read(client, 1)[0])
            password = read(client, read(client, 1)[0])
            client.sendall(b'\\x01\\x00' if (user, password) == (b'fred', b'secret') else b'\\x01\\x01')
            assert read(client, 4) == b'\\x05\\x01\\x00\\x03'
            host = read(client, read(client, 1)[0]).decode()
            target = socket.create_connection((host, struct.unpack('!H', read(client, 2))[0]))
            client.sendall(b'\\x05\\x00\\x00\\x01' + bytes(6) + b'first ')
            while True:
                for s in select.select([client, target], [], [])[0]:
                    data = s.recv(65536)
                    if not data:
                        raise SystemExit
                    (target if s is client else client).sendall(data)
            """;

    private SocksFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new SocksFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> curl(String option, String host, String... more) throws Exception {
        try (Peer web = Peers.python(WEB)) {
            List<String> arguments =
                    new ArrayList<>(List.of("-sS", "--noproxy", "", option, "127.0.0.1:" + fixture.proxyPort));
            arguments.addAll(List.of(more));
            arguments.add("http://" + host + ":" + web.readLine() + "/");
            try (Peer curl = Peers.start("curl", arguments.toArray(String[]::new))) {
                List<String> lines = curl.readLines();
                lines.add(Integer.toString(curl.awaitExit()));
                return lines;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--socks4", "--socks4a", "--socks5", "--socks5-hostname"})
    @RequiresProgram("curl")
    void curlGetsAPage(String option) throws Exception {
        assertThat(curl(option, "localhost")).containsExactly("hello", "0");
    }

    @Test
    @RequiresProgram("curl")
    void curlKnowsThePassword() throws Exception {
        fixture.reactor.run(() -> fixture.proxy.authenticator(
                (credentials, client) -> Deferred.succeed(credentials.equals(new SocksCredentials("fred", "secret")))));
        assertThat(curl("--socks5", "127.0.0.1", "--proxy-user", "fred:secret")).containsExactly("hello", "0");
        assertThat(curl("--socks5", "127.0.0.1", "--proxy-user", "fred:wrong")).containsExactly("97");
        assertThat(curl("--socks5", "127.0.0.1")).containsExactly("97");
        assertThat(curl("--socks4", "127.0.0.1", "--proxy-user", "fred:secret")).containsExactly("97");
    }

    @Test
    void cpythonExchangesDatagrams() throws Exception {
        try (Peer python = Peers.python(DATAGRAMS, Integer.toString(fixture.proxyPort))) {
            assertThat(python.readLine()).isEqualTo("ok");
        }
    }

    /** Says something through a proxy, and waits for the answer. */
    private String talk(int proxyPort, SocksVersion version, SocksCredentials who, String host, int until)
            throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        AccumulatingProtocol client = new AccumulatingProtocol() {
            @Override
            public void connectionMade() {
                super.connectionMade();
                transport().write("hello".getBytes(UTF_8));
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                if (data().length >= until) {
                    answer.complete(text());
                    transport().loseConnection();
                }
            }
        };
        fixture.reactor.run(() -> new SocksClientEndpoint(
                        SocksFixture.endpoint(fixture.reactor.reactor(), proxyPort),
                        version,
                        who,
                        host,
                        fixture.echoPort)
                .connect(address -> client)
                .finish(connected -> {}, answer::completeExceptionally));
        return answer.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(
            value = SocksVersion.class,
            names = {"V4", "V4A"})
    void twistedConnectsUs(SocksVersion version) throws Exception {
        Peers.requirePythonModule("twisted");
        try (Peer twisted = Peers.python(TWISTED)) {
            int port = Integer.parseInt(twisted.readLine());
            String host = version == SocksVersion.V4 ? "127.0.0.1" : "localhost";
            assertThat(talk(port, version, null, host, 5)).isEqualTo("hello");
        }
    }

    @Test
    void cpythonConnectsUsAndWhatFollowsTheReplyIsReceived() throws Exception {
        try (Peer proxy = Peers.python(SMALL_PROXY)) {
            int port = Integer.parseInt(proxy.readLine());
            assertThat(talk(port, SocksVersion.V5, new SocksCredentials("fred", "secret"), "localhost", 11))
                    .isEqualTo("first hello");
        }
    }

    @ParameterizedTest
    @EnumSource(SocksVersion.class)
    void weConnectOurselves(SocksVersion version) throws Exception {
        assertThat(talk(fixture.proxyPort, version, null, "127.0.0.1", 5)).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(
            value = SocksVersion.class,
            names = {"V4A", "V5"})
    @RequiresProgram("openssl")
    void tlsReachesTheTargetThroughAProxy(SocksVersion version) throws Exception {
        TlsContext server = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        TlsContext client = TlsContext.builder().trust(Certificates.authority()).build();
        int target = fixture.listen(TlsFactory.forServer(Wire.echo(), () -> server));
        CompletableFuture<String> answer = new CompletableFuture<>();
        AccumulatingProtocol protocol = new AccumulatingProtocol() {
            @Override
            public void connectionMade() {
                super.connectionMade();
                transport().write("hello".getBytes(UTF_8));
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                answer.complete(text() + " by " + transport().tls().version());
                transport().loseConnection();
            }
        };
        fixture.reactor.run(() -> {
            ClientEndpoint proxy = Endpoints.client(fixture.reactor.reactor(), "tcp:127.0.0.1:" + fixture.proxyPort);
            ClientEndpoint through = new SocksClientEndpoint(proxy, version, null, "localhost", target);
            Endpoints.wrapClientTls(client, "localhost", through)
                    .connect(address -> protocol)
                    .finish(connected -> {}, answer::completeExceptionally);
        });
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("hello by TLSv1.3");
    }
}
