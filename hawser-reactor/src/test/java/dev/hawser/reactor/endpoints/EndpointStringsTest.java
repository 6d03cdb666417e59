package dev.hawser.reactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryConnector;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in a description is what the reactor is asked for. */
class EndpointStringsTest {

    private final MemoryReactor reactor = new MemoryReactor();

    /** The kind {@code named:} of a client, from META-INF/services. */
    public static final class NamedParser implements ClientEndpointParser {

        @Override
        public String kind() {
            return "named";
        }

        @Override
        public ClientEndpoint parse(Reactor reactor, EndpointArguments arguments) {
            arguments.expect("name");
            return TcpClientEndpoint.of(reactor, arguments.text("name") + ".test", 7);
        }
    }

    private void listen(String description) {
        Endpoints.server(reactor, description)
                .listen(Factory.of(AccumulatingProtocol::new))
                .finish(port -> {}, failure -> {
                    throw new AssertionError(failure);
                });
    }

    private MemoryConnector connect(String description) {
        var connecting = Endpoints.client(reactor, description).connect(Factory.of(AccumulatingProtocol::new));
        connecting.finish(made -> {}, ignored -> {});
        return reactor.connectors().getLast();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tcp:80                                   | tcp:80",
                "TCP:port=80                              | tcp:80",
                "tcp:80:                                  | tcp:80",
                "tcp:80:interface=                        | tcp:80",
                "tcp:80:127.0.0.1:5                       | tcp:80:interface=127.0.0.1:backlog=5",
                "tcp:backlog=5:interface=127.0.0.1:80     | tcp:80:interface=127.0.0.1:backlog=5",
                "tcp:80::50                               | tcp:80:backlog=50",
                "tcp:80:interface=\\:\\:1                 | tcp:80:interface=\\:\\:1",
                "tcp:80:reusePort=yes                     | tcp:80:reusePort=1",
                "tcp4:80                                  | tcp4:80",
                "tcp6:80:interface=\\:\\:                 | tcp6:80:interface=\\:\\:",
                "unix:/run/finger                         | unix:/run/finger",
                "unix:/run/finger:mode=0660:lockfile=0    | unix:/run/finger:mode=660",
                "unix:address=/run/a\\:b\\=c\\\\          | unix:/run/a\\:b\\=c\\\\",
                "unix:@abstract                           | unix:@abstract",
                "vsock:1024                               | vsock:1024",
                "vsock:3:1024:backlog=9                   | vsock:3:1024:backlog=9",
                "vsock:4294967295:4294967294              | vsock:4294967294",
                "systemd:http                             | systemd:name=http",
                "systemd:domain=INET:index=0              | systemd:domain=INET:index=0",
                "haproxy:tcp:80:interface=127.0.0.1       | haproxy:tcp:80:interface=127.0.0.1",
                "stdio:                                   | stdio:",
                "stdio                                    | stdio:",
                "fd:3                                     | fd:3",
            })
    void aServerIsWrittenAsTheShortestStringThatMakesIt(String description, String written) {
        assertThat(Endpoints.server(reactor, description)).hasToString(written);
        assertThat(Endpoints.server(reactor, written)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tcp:www.example.com:80                                | tcp:www.example.com:80",
                "tcp:host=www.example.com:port=80                      | tcp:www.example.com:80",
                "tcp:host=www.example.com:80                           | tcp:www.example.com:80",
                "tcp:www.example.com:port=80:timeout=2.50              | tcp:www.example.com:80:timeout=2.5",
                "tcp:\\:\\:1:80:30                                     | tcp:\\:\\:1:80",
                "tcp:[::1]:80                                          | tcp:\\:\\:1:80",
                "tcp:host=[fe80::1%lo]:port=80                         | tcp:fe80\\:\\:1%lo:80",
                "tcp:a:80:bindAddress=127.0.0.1                        | tcp:a:80:bindAddress=127.0.0.1",
                "tcp:a:80:bindAddress=[\\:\\:1]\\:7                    | tcp:a:80:bindAddress=[\\:\\:1]\\:7",
                "host:a:80:attemptDelay=0.1                            | host:a:80:attemptDelay=0.1",
                "host:a:80:attemptDelay=0.25:timeout=30                | host:a:80",
                "unix:path=/var/foo/bar:lockfile=1:timeout=9           | unix:/var/foo/bar:timeout=9",
                "vsock:2:1024                                          | vsock:2:1024",
                "fd:7                                                  | fd:7",
                "stdio:                                                | stdio:",
                "named:x                                               | tcp:x.test:7",
            })
    void aClientIsWrittenAsTheShortestStringThatMakesIt(String description, String written) {
        assertThat(Endpoints.client(reactor, description)).hasToString(written);
        assertThat(Endpoints.client(reactor, written)).hasToString(written);
    }

    @Test
    void whatIsQuotedIsReadAsItWas() {
        String path = "/tmp/a:b=c\\d";

        String quoted = Endpoints.quoteStringArgument(path);

        assertThat(quoted).isEqualTo("/tmp/a\\:b\\=c\\\\d");
        assertThat(((TcpClientEndpoint) Endpoints.client(reactor, "tcp:" + quoted + ":1")).host())
                .isEqualTo(path);
    }

    @Test
    void onlyTheFirstEqualsSignEndsAName() {
        assertThat(((TcpClientEndpoint) Endpoints.client(reactor, "tcp:port=1:host=a=b")).host())
                .isEqualTo("a=b");
    }

    @Test
    void theReactorListensAsTheDescriptionSays() {
        listen("tcp:80:interface=127.0.0.1:backlog=6");
        listen("tcp6:81");
        listen("unix:/run/x:mode=600");
        listen("vsock:9");
        listen("tcp6:82:interface=\\:\\:");
        listen("tcp:83:interface=\\:\\:");

        assertThat(reactor.ports().stream().map(port -> port.getHost()).toList())
                .isEqualTo(List.of(
                        SockaddrIn.of("127.0.0.1", 80),
                        SockaddrIn6.of("::", 81),
                        Sockaddr.parse("unix:/run/x"),
                        Sockaddr.parse("vsock:*:9"),
                        SockaddrIn6.of("::", 82),
                        SockaddrIn6.of("::", 83)));
        assertThat(reactor.ports().get(0).options().backlog()).isEqualTo(6);
        assertThat(reactor.ports().get(1).options().ipv6Only()).isTrue();
        assertThat(reactor.ports().get(2).options().unixMode()).isEqualTo(0600);
        assertThat(reactor.ports().get(4).options().ipv6Only()).isTrue();
        assertThat(reactor.ports().get(5).options().ipv6Only()).isFalse();
    }

    @Test
    void theNameOfAnInterfaceIsLookedUp() {
        reactor.setHost("inside", List.of(SockaddrIn.of("10.1.2.3", 0)));

        listen("tcp:80:interface=inside");

        assertThat(reactor.ports().getFirst().getHost()).isEqualTo(SockaddrIn.of("10.1.2.3", 80));
    }

    @Test
    void theReactorConnectsAsTheDescriptionSays() {
        MemoryConnector tcp = connect("tcp:www.example.com:80:timeout=7:bindAddress=10.0.0.1");
        MemoryConnector unix = connect("unix:/run/x");

        assertThat(tcp.getDestination()).isEqualTo("www.example.com:80");
        assertThat(tcp.options().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(tcp.options().bindAddress()).isEqualTo(SockaddrIn.of("10.0.0.1", 0));
        assertThat(unix.getDestination()).isEqualTo("unix:/run/x");
        assertThat(unix.options().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // description | position | a part of the reason
                "ftp:80                       | 0  | there is no kind 'ftp': there are fd, haproxy, loopback, ssl, stdio,",
                "8080                         | 0  | a port is written tcp:8080",
                "tcp://0.0.0.0:80             | 4  | this is no URL: write tcp:80:interface=0.0.0.0",
                "tls://[::1]:443/             | 4  | write tls:443:interface=[::1]",
                "tcp:127.0.0.1:80             | 4  | the port comes first: write tcp:80:interface=127.0.0.1",
                "haproxy:tcp:127.0.0.1:80     | 12 | the port comes first: write tcp:80:interface=127.0.0.1",
                "tcp6:[::1]:80                | 5  | write tcp6:80:interface=\\:\\:1",
                "localhost:80                 | 0  | a host and its port are written tcp:80:interface=localhost; there",
                "[::1]:80                     | 0  | are written tcp:80:interface=[::1]",
                "/run/x.sock                  | 0  | a path is written unix:/run/x.sock; there is no kind",
                "/run/x.sock:mode=600         | 0  | a path is written unix:/run/x.sock:mode=600;",
                "https://a.example            | 0  | this is a URL: write tls:PORT:interface=a.example; there",
                ":80                          | 0  | a description begins with its kind",
                "tcp                          | 3  | port is missing: tcp takes port, interface, backlog, reusePort",
                "tcp:                         | 4  | port is missing",
                "tcp:http                     | 4  | port is a number from 0 to 65535, not 'http'",
                "tcp:65536                    | 4  | port is a number from 0 to 65535",
                "tcp:99999999999999999999     | 4  | port is a number",
                "tcp:-1                       | 4  | port is a number",
                "tcp:port=x                   | 9  | port is a number",
                "tcp:80:port=81               | 7  | port is given twice, first as '80'",
                "tcp:80:backlog=1:backlog=2   | 17 | backlog is given twice, first as '1'",
                "tcp:80:iface=lo              | 7  | 'iface' is no argument of tcp",
                "tcp:80:127.0.0.1:5:1:x       | 21 | 'x' is too much",
                "tcp:80:interface=\\          | 17 | there is nothing behind the backslash",
                "tcp6:80:interface=127.0.0.1  | 18 | is no address of IPv6",
                "tcp:80:reusePort=maybe       | 17 | reusePort is 1 or 0",
                "unix:                        | 5  | address is missing",
                "unix:/x:mode=rw              | 13 | mode is three octal digits",
                "unix:/x:lockfile=perhaps     | 17 | lockfile is 1 or 0",
                "systemd:                     | 8  | which socket?",
                "systemd:x:domain=IPX         | 17 | domain is INET or INET6 or UNIX",
                "stdio:1                      | 6  | '1' is too much: stdio takes none",
                "vsock:4294967296             | 6  | port is a number from 0 to 4294967295",
                "tls:443:privateKey=/no/where | 19 | there is no file /no/where",
                "haproxy:tcp:80:backlog=x     | 23 | backlog is a number",
                "haproxy:                     | 8  | a description begins with its kind",
                "tls:443                      | 7  | privateKey is missing",
                "tls:endpoint=tcp\\:x         | 18 | port is a number",
                "tls:443:endpoint=tcp\\:1     | 4  | port is for the endpoint under it to say",
                "tls:endpoint=tcp\\:1:interface=127.0.0.1 | 30 | interface is for the endpoint under it",
                "unix:@name:mode=600          | 16 | an abstract name has no permissions",
            })
    void anErrorPointsAtThePlace(String description, int position, String reason) {
        assertThatThrownBy(() -> Endpoints.server(reactor, description))
                .isInstanceOfSatisfying(EndpointSyntaxException.class, wrong -> {
                    assertThat(wrong.reason()).contains(reason);
                    assertThat(wrong.position()).isEqualTo(position);
                    assertThat(wrong)
                            .hasMessage(wrong.reason() + "\n  " + description + "\n  " + " ".repeat(position) + "^");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tcp:80                     | 6  | port is missing: tcp takes host, port, timeout, bindAddress",
                "tcp://host:80              | 4  | this is no URL: write tcp:host:80",
                "TCP://u@host/x             | 4  | this is no URL: write tcp:host:PORT",
                "localhost:80               | 0  | a host and its port are written tcp:localhost:80; there",
                "/run/x.sock                | 0  | a path is written unix:/run/x.sock",
                "@name                      | 0  | a path is written unix:@name",
                "http://[::1]:80/x          | 0  | this is a URL: write tcp:[::1]:80; there",
                "tcp:a:80:timeout=soon      | 17 | timeout is a number of seconds such as 30 or 0.5",
                "tcp:a:80:timeout=1e3       | 17 | timeout is a number of seconds",
                "tcp:a:80:bindAddress=x     | 21 | bindAddress:",
                "tls:a:443:trustRoots=/no   | 21 | there is no file /no",
                "tls:a:443:minVersion=SSLv3 | 21 | minVersion is TLSv1.3 or TLSv1.2",
                "tls:a:443:hostname=x..y\u00e4 | 19 | hostname:",
                "tls:a:443:alpn=h2,,x       | 15 | alpn:",
                "tcp:a:0                    | 6  | port is a number from 1 to 65535, not '0'",
                "host:a:0                   | 7  | port is a number from 1 to 65535, not '0'",
                "host:a:1:attemptDelay=0.009 | 22 | attemptDelay is 0.01 seconds at the least",
                "tls:a:1:attemptDelay=0     | 21 | attemptDelay is 0.01 seconds at the least",
                "tls:a:443:endpoint=fd\\:3   | 6  | port is for the endpoint under it to say",
                "tls:a:1:minVersion=TLSv1.3:sslmethod=TLS_METHOD | 37 | sslmethod and minVersion are two words",
                "tls:a:1:certKey=/a:certificate=/b | 16 | certKey and certificate are two words",
                "tls:a:1:trustRoots=/a:caCertsDir=/b | 33 | caCertsDir and trustRoots are two words",
                "tcp:[::1:80                | 6  | port is missing",
                "systemd:x                  | 0  | there is no kind 'systemd': there are fd, host, named, ssl,",
            })
    void anErrorOfAClientPointsAtThePlace(String description, int position, String reason) {
        assertThatThrownBy(() -> Endpoints.client(reactor, description))
                .isInstanceOfSatisfying(EndpointSyntaxException.class, wrong -> {
                    assertThat(wrong.reason()).contains(reason);
                    assertThat(wrong.position()).isEqualTo(position);
                });
    }

    @Test
    void theMarkStandsUnderThePlaceWhateverTheStringHas() {
        assertThatThrownBy(() -> Endpoints.server(reactor, "tcp:\n\t:x=1")).hasMessage("""
                        'x' is no argument of tcp: tcp takes port, interface, backlog, reusePort
                          tcp:??:x=1
                                 ^""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "ssl", "SSL"})
    void tlsHasTwistedsArguments(String kind, @TempDir Path directory) throws Exception {
        TestCertificate issuer = TestCertificate.make(directory);
        TestCertificate certificate = issuer.sign(Files.createDirectory(directory.resolve("signed")));
        String description = kind + ":443:privateKey=" + certificate.key() + ":certKey=" + certificate.certificate()
                + ":extraCertChain=" + issuer.certificate() + ":sslmethod=TLSv1_2_METHOD:interface=127.0.0.1";

        ServerEndpoint endpoint = Endpoints.server(reactor, description);

        assertThat(endpoint).isInstanceOf(TlsServerEndpoint.class).hasToString(description);
        assertThat(((TlsServerEndpoint) endpoint).under()).hasToString("tcp:443:interface=127.0.0.1");
    }

    @Test
    void keyAndCertificateMayBeInOneFile(@TempDir Path directory) throws Exception {
        Path both = TestCertificate.make(directory).together();

        assertThat(Endpoints.server(reactor, "tls:443:privateKey=" + both)).isInstanceOf(TlsServerEndpoint.class);
    }

    @ParameterizedTest
    @CsvSource({"wanted", "needed"})
    void aCertificateOfClientsNeedsAnAuthority(String wish, @TempDir Path directory) throws Exception {
        String key = "tls:443:privateKey=" + TestCertificate.make(directory).together() + ":clientCertificate=";

        assertThatThrownBy(() -> Endpoints.server(reactor, key + wish))
                .isInstanceOfSatisfying(
                        EndpointSyntaxException.class,
                        wrong -> assertThat(wrong.position()).isEqualTo(key.length()))
                .hasMessageContaining("clientCa=");
        assertThat(Endpoints.server(reactor, key + "none")).isInstanceOf(TlsServerEndpoint.class);
    }

    @Test
    void aFileThatIsNoKeyIsPointedAt(@TempDir Path directory) throws Exception {
        Path none = Files.writeString(directory.resolve("none.pem"), "nothing");

        assertThatThrownBy(() -> Endpoints.server(reactor, "tls:443:privateKey=" + none))
                .isInstanceOfSatisfying(EndpointSyntaxException.class, wrong -> {
                    assertThat(wrong.position()).isEqualTo(19);
                    assertThat(wrong).hasMessageContaining("none.pem");
                });
    }

    @Test
    void aClientOfTlsTrustsAFileOrADirectory(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory);
        Path roots = Files.createDirectory(directory.resolve("roots"));
        Files.copy(certificate.certificate(), roots.resolve("one.pem"));

        for (Path trust : List.of(certificate.certificate(), roots)) {
            ClientEndpoint endpoint = Endpoints.client(reactor, "tls:example.com:443:trustRoots=" + trust);
            assertThat(((TlsClientEndpoint) endpoint).under()).hasToString("host:example.com:443");
        }
        Files.delete(roots.resolve("one.pem"));
        assertThatThrownBy(() -> Endpoints.client(reactor, "tls:a:443:trustRoots=" + roots))
                .isInstanceOf(EndpointSyntaxException.class)
                .hasMessageContaining("trusts no authority");
    }

    @Test
    void aClientOfTlsMayConnectThroughAnotherEndpoint() {
        ClientEndpoint endpoint = Endpoints.client(reactor, "tls:example.com:endpoint=unix\\:/run/x\\:timeout\\=3");

        assertThat(((TlsClientEndpoint) endpoint).under()).hasToString("unix:/run/x:timeout=3");
    }
}
