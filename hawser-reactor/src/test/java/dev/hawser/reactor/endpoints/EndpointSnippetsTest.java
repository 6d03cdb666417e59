package dev.hawser.reactor.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.protocols.Backoff;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.SockaddrVm;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the Javadoc, compiled and run. */
class EndpointSnippetsTest {

    private final MemoryReactor reactor = new MemoryReactor();

    static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
    }

    // @start region="strings"
    static Deferred<ListeningPort> serve(Reactor reactor, String where) {
        // tcp:8080, unix:/run/echo.sock:mode=660, tls:8443:privateKey=key.pem:certKey=cert.pem, systemd:echo, ...
        return Endpoints.server(reactor, where).listen(Factory.of(Echo::new));
    }

    static Deferred<Protocol> greet(Reactor reactor, String where) {
        // tcp:localhost:8080, unix:/run/echo.sock, tls:example.com:8443, ...
        return Endpoints.client(reactor, where)
                .connect(Factory.of(AccumulatingProtocol::new))
                .addCallback(protocol -> {
                    protocol.transport().write("hello".getBytes(UTF_8));
                    return protocol;
                });
    }
    // @end

    @Test
    void strings() {
        List<Protocol> made = new ArrayList<>();
        serve(reactor, "tcp:8080:interface=127.0.0.1").finish(port -> {}, AssertionError::new);
        greet(reactor, "tcp:localhost:8080").finish(made::add, AssertionError::new);

        assertThat(reactor.ports().getFirst().getHost()).isEqualTo(SockaddrIn.of("127.0.0.1", 8080));
        reactor.connectors().getFirst().succeed(new Echo());
        reactor.flush();

        assertThat(((AccumulatingProtocol) made.getFirst()).text()).isEqualTo("hello");
    }

    @Test
    void objects() {
        // @start region="objects"
        List<ServerEndpoint> servers = List.of(
                TcpServerEndpoint.of(reactor, 8080),
                TcpServerEndpoint.of(reactor, "127.0.0.1", 8080),
                new UnixServerEndpoint(
                        reactor, SockaddrUn.of("/run/echo.sock"), ListenOptions.DEFAULT.withUnixMode(0660)),
                new StreamServerEndpoint(reactor, SockaddrVm.of(3, 1024), ListenOptions.DEFAULT),
                new AdoptedStreamServerEndpoint(reactor, 3),
                new StandardIoEndpoint(reactor));
        List<ClientEndpoint> clients = List.of(
                TcpClientEndpoint.of(reactor, "localhost", 8080),
                HostnameEndpoint.of(reactor, "www.example.com", 80),
                new UnixClientEndpoint(reactor, SockaddrUn.of("/run/echo.sock"), ConnectOptions.DEFAULT),
                new StreamClientEndpoint(reactor, SockaddrVm.of(2, 1024), ConnectOptions.DEFAULT),
                new AdoptedStreamClientEndpoint(reactor, 3));
        // Each is written as the string that makes it.
        servers.forEach(
                each -> assertThat(Endpoints.server(reactor, each.toString())).hasToString(each.toString()));
        clients.forEach(
                each -> assertThat(Endpoints.client(reactor, each.toString())).hasToString(each.toString()));
        // @end
        assertThat(servers.toString())
                .isEqualTo("[tcp:8080, tcp:8080:interface=127.0.0.1, unix:/run/echo.sock:mode=660, vsock:3:1024, fd:3, "
                        + "stdio:]");
    }

    // @start region="tls"
    static ServerEndpoint https(Reactor reactor, Path certificate, Path key) throws IOException {
        TlsContext context = TlsContext.forServer(certificate, key);
        return new TlsServerEndpoint(TcpServerEndpoint.of(reactor, 8443), () -> context);
    }

    static ClientEndpoint httpsThroughATunnel(Reactor reactor) throws IOException {
        ClientEndpoint tunnel = Endpoints.client(reactor, "unix:/run/tunnel.sock");
        return Endpoints.wrapClientTls(TlsContext.createDefault(), "www.example.com", tunnel);
    }
    // @end

    @Test
    void tls(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory);

        assertThat(https(reactor, certificate.certificate(), certificate.key())).hasToString("TLS on tcp:8443");
        assertThat(httpsThroughATunnel(reactor)).hasToString("TLS with www.example.com on unix:/run/tunnel.sock");
    }

    @Test
    void systemd() {
        // @start region="systemd"
        // [Socket] ListenStream=80, FileDescriptorName=http
        ServerEndpoint http = Endpoints.server(reactor, "systemd:http:domain=INET");
        // @end
        List<Throwable> failures = new ArrayList<>();
        http.listen(Factory.of(Echo::new)).finish(port -> {}, failures::add);

        assertThat(failures.getFirst()).hasMessageContaining("systemd has passed no socket");
    }

    @Test
    void haproxy() {
        // @start region="haproxy"
        ServerEndpoint behindAProxy = Endpoints.server(reactor, "haproxy:tcp:8080:interface=127.0.0.1");
        // @end
        assertThat(behindAProxy).hasToString("haproxy:tcp:8080:interface=127.0.0.1");
    }

    @Test
    void retries() {
        List<Protocol> made = new ArrayList<>();
        // @start region="retries"
        Backoff twice = Backoff.DEFAULT.withMaxRetries(2).withJitter(0);
        ClientEndpoint patient = Endpoints.retrying(Endpoints.client(reactor, "tcp:localhost:8080"), reactor, twice);
        // @end
        patient.connect(Factory.of(Echo::new)).finish(made::add, AssertionError::new);

        reactor.connectors().getFirst().fail(new ConnectException("refused"));
        reactor.advance(Duration.ofSeconds(1));
        reactor.connectors().getLast().succeed(new Echo());

        assertThat(made).hasSize(1);
    }

    @Test
    void process() {
        // @start region="process"
        ClientEndpoint sorted = ProcessEndpoint.of(reactor, "sort", "-n");
        ClientEndpoint faraway = ProcessEndpoint.of(reactor, "ssh", "host.example.com", "hawser", "serve", "echo");
        // @end
        assertThat(sorted).hasToString("process sort -n");
        assertThat(faraway).hasToString("process ssh host.example.com hawser serve echo");
    }

    // @start region="plugin"
    /** {@code loopback:8080}: a port that this machine alone reaches. */
    public static final class LoopbackParser implements ServerEndpointParser {

        @Override
        public String kind() {
            return "loopback";
        }

        @Override
        public ServerEndpoint parse(Reactor reactor, EndpointArguments arguments) {
            arguments.expect("port", "backlog");
            int port = arguments.port("port");
            if (port < 1024) {
                throw arguments.wrong("port", "port " + port + " is for root: choose 1024 or more");
            }
            return TcpServerEndpoint.of(reactor, "127.0.0.1", port);
        }
    }
    // @end

    @Test
    void plugin() {
        assertThat(Endpoints.server(reactor, "loopback:8080")).hasToString("tcp:8080:interface=127.0.0.1");
        assertThatThrownBy(() -> Endpoints.server(reactor, "loopback:80"))
                .isInstanceOf(EndpointSyntaxException.class)
                .hasMessage("port 80 is for root: choose 1024 or more\n  loopback:80\n           ^");
    }
}
