package dev.hawser.metrics;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.reactor.BackendKind;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.GroupPort;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.ReactorGroup;
import dev.hawser.reactor.protocols.Wire;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reactor does, as its meters tell it, and the page that Prometheus reads. */
@Timeout(60)
class MetricsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private Reactor reactor;
    private Thread loop;

    @BeforeEach
    void open() throws Exception {
        reactor = Reactor.open();
        loop = Thread.ofPlatform().start(() -> {
            try {
                reactor.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void close() throws InterruptedException {
        reactor.close();
        loop.join();
    }

    @Test
    void theMetersTellConnectionsBytesErrorsAndLag() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        // @start region="meters"
        ReactorMeters.of(reactor, "main").bindTo(meters);
        // @end
        Sockaddr echo = listen(Wire.echo());
        try (Socket client = connected(echo)) {
            client.sendAll("hello".getBytes(UTF_8));
            assertThat(client.recv(10)).hasSize(5);
            assertThat(value(meters, "connections.open")).isOne();
        }
        eventually().until(() -> value(meters, "connections.open") == 0);
        assertThat(value(meters, "connections.accepted")).isOne();
        assertThat(value(meters, "bytes.received")).isEqualTo(5);
        assertThat(value(meters, "bytes.sent")).isEqualTo(5);
        assertThat(value(meters, "connections.lost")).isZero();
        assertThat(value(meters, "errors")).isZero();
        assertThat(value(meters, "accept.errors")).isZero();
        assertThat(value(meters, "turns")).isPositive();
        assertThat(value(meters, "events")).isPositive();
        assertThat(value(meters, "calls")).isPositive();
        assertThat(value(meters, "lag.max")).isPositive().isLessThan((double) PATIENCE.toSeconds());
        assertThat(value(meters, "lag")).isLessThanOrEqualTo(value(meters, "lag.max"));
    }

    @Test
    void aHandlerThatThrowsIsCountedAndSoIsTheConnectionThatItLoses() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        ReactorMeters.of(reactor, "main").bindTo(meters);
        Sockaddr broken = listen(Factory.of(Broken::new));
        try (CapturedLog _ = new CapturedLog("dev.hawser.reactor");
                Socket client = connected(broken)) {
            client.sendAll(new byte[1]);
            eventually().until(() -> value(meters, "connections.lost") == 1);
        }
        assertThat(value(meters, "errors")).isOne();
    }

    private static final class Broken extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            throw new IllegalStateException("as the test wants it");
        }
    }

    @Test
    void theReactorsOfAGroupAreToldApart() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(2, BackendKind.EPOLL)) {
            ReactorMeters.of(group).bindTo(registry);
            GroupPort port = group.listenTcp(SockaddrIn.of("127.0.0.1", 0), Wire.echo());
            try (Socket client = connected(port.getHost())) {
                client.sendAll(new byte[1]);
                assertThat(client.recv(1)).hasSize(1);
                assertThat(registry.scrape().lines())
                        .filteredOn(line -> line.startsWith("hawser_reactor_connections_open{"))
                        .containsExactlyInAnyOrder(
                                "hawser_reactor_connections_open{reactor=\"1\"} " + (openOf(group, 0) ? "1.0" : "0.0"),
                                "hawser_reactor_connections_open{reactor=\"2\"} " + (openOf(group, 1) ? "1.0" : "0.0"));
            }
        }
    }

    private static boolean openOf(ReactorGroup group, int which) {
        return group.reactors().get(which).metrics().connectionsOpen() == 1;
    }

    @Test
    @RequiresProgram("curl")
    void curlGetsThePage() throws Exception {
        Sockaddr page = page();
        List<String> lines = curl("-si", url(page, "/metrics?again"));
        assertThat(lines)
                .startsWith("HTTP/1.1 200 OK", "Content-Type: text/plain; version=0.0.4; charset=utf-8")
                .contains("Connection: close", "# TYPE hawser_reactor_connections_open gauge")
                .contains("hawser_reactor_connections_open{reactor=\"main\"} 1.0")
                .contains("# TYPE hawser_reactor_bytes_received_total counter");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("hawser_reactor_lag_"))
                .hasSize(2);
    }

    @Test
    @RequiresProgram("curl")
    void openMetricsIsSentToWhoAsksForIt() throws Exception {
        List<String> lines =
                curl("-si", "-H", "Accept: text/plain;q=0.5,application/openmetrics-text", url(page(), "/metrics"));
        assertThat(lines)
                .contains("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8")
                .endsWith("# EOF");
    }

    /** What Prometheus's own tool thinks of the page; it is too large a package to ask for. */
    @Test
    void promtoolFindsNoFault(@TempDir Path directory) throws Exception {
        assumeTrue(Peers.find("promtool").isPresent(), "promtool is not installed");
        page();
        Path file = Files.writeString(directory.resolve("page"), registry.scrape());
        try (Peer promtool = Peers.start("sh", "-c", "promtool check metrics < " + file)) {
            assertThat(promtool.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404 Not Found",
        "GET, /metricss, 404 Not Found",
        "GET, /metrics/, 404 Not Found",
        "POST, /metrics, 405 Method Not Allowed",
        "DELETE, /metrics, 405 Method Not Allowed",
        "POST, /, 404 Not Found"
    })
    @RequiresProgram("curl")
    void whatIsNotThereIsTold(String method, String path, String status) throws Exception {
        List<String> lines = curl("-si", "-X", method, "-d", "x".repeat(100_000), url(page(), path));
        assertThat(lines).startsWith("HTTP/1.1 " + status).endsWith(status);
        assertThat(lines.contains("Allow: GET, HEAD")).isEqualTo(status.startsWith("405"));
    }

    @Test
    @RequiresProgram("curl")
    void aHeadHasNoBody() throws Exception {
        assertThat(curl("-sI", url(page(), "/metrics")))
                .startsWith("HTTP/1.1 200 OK")
                .last()
                .isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /metrics HTTP/1.0                                  | 200 OK
            GET /metrics HTTP/1.1^Host: a                          | 200 OK
            GET http://a:1/metrics HTTP/1.1^Host: a                | 200 OK
            ^^GET /metrics HTTP/1.1^Host: a                        | 200 OK
            GET /metrics HTTP/1.1                                  | 400 Bad Request
            GET /metrics                                           | 400 Bad Request
            GET  /metrics HTTP/1.1                                 | 400 Bad Request
            GET /metrics HTTP/x                                    | 400 Bad Request
            GET /metrics HTTP/1.1^Host : a                         | 400 Bad Request
            GET /metrics HTTP/1.1^Host: a^ and more                | 400 Bad Request
            GET /metrics HTTP/1.1^Host: a^no header                | 400 Bad Request
            PRI * HTTP/2.0                                         | 505 HTTP Version Not Supported
            GET %zz HTTP/1.0                                       | 404 Not Found
            """)
    void theFormOfARequestMatters(String request, String status) throws Exception {
        assertThat(ask(page(), request.strip().replace("^", "\r\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + "\r\n");
    }

    @Test
    void theLimitsAreTheLimits() throws Exception {
        Sockaddr page = page();
        String longest = "a".repeat(RequestHead.MAX_LINE_BYTES - "GET / HTTP/1.0".length());
        assertThat(ask(page, "GET /" + longest + " HTTP/1.0\n\n")).contains(" 404 ");
        assertThat(ask(page, "GET /" + longest + "a HTTP/1.0\n\n")).contains(" 414 ");
        String header = "b: " + "b".repeat(RequestHead.MAX_LINE_BYTES - "b: ".length());
        assertThat(ask(page, "GET /metrics HTTP/1.0\n" + header + "\n\n")).contains(" 200 ");
        assertThat(ask(page, "GET /metrics HTTP/1.0\n" + header + "b\n\n")).contains(" 431 ");
        assertThat(ask(page, "GET /metrics HTTP/1.0\n" + "c: c\n".repeat(RequestHead.MAX_HEADERS) + "\n"))
                .contains(" 200 ");
        assertThat(ask(page, "GET /metrics HTTP/1.0\n" + "c: c\n".repeat(RequestHead.MAX_HEADERS + 1) + "\n"))
                .contains(" 431 ");
    }

    @Test
    void aPeerThatIsTooSlowIsToldSoAndOneThatDoesNotLeaveIsDisconnected() throws Exception {
        Sockaddr page = listen(new PrometheusFactory(registry, Duration.ofMillis(100)));
        try (Socket client = connected(page)) {
            client.sendAll("GET /metr".getBytes(UTF_8));
            assertThat(readAll(client)).startsWith("HTTP/1.1 408 Request Timeout\r\n");
            eventually().until(() -> reactor.metrics().connectionsOpen() == 0);
        }
        try (Socket client = connected(page)) {
            client.sendAll("GET / HTTP/1.0\n\n".getBytes(UTF_8));
            assertThat(readAll(client)).contains(" 404 ");
            eventually().until(() -> reactor.metrics().connectionsOpen() == 0);
        }
        assertThat(reactor.metrics().errors()).isZero();
        assertThatThrownBy(() -> new PrometheusFactory(registry, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }

    @Test
    void aPeerThatHasSaidAllStillGetsItsPage() throws Exception {
        try (Socket client = connected(page())) {
            client.sendAll("GET /metrics HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            client.shutdown(Constants.SHUT_WR);
            assertThat(readAll(client)).startsWith("HTTP/1.1 200 OK").contains("hawser_reactor_turns_total");
        }
    }

    @Test
    void aMeterThatTakesItsTimeHoldsNobodyElseUp() throws Exception {
        CompletableFuture<Double> slow = new CompletableFuture<>();
        Gauge.builder("slow", slow::join).register(registry);
        Sockaddr page = page();
        try (Socket waiting = connected(page)) {
            waiting.sendAll("GET /metrics HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            assertThat(ask(page, "GET / HTTP/1.0\r\n\r\n")).contains(" 404 ");
            slow.complete(7.0);
            assertThat(readAll(waiting)).contains("\nslow 7.0\n");
        }
    }

    @Test
    void aRegistryThatThrowsIsTold() throws Exception {
        Sockaddr page = listen(address -> new Exchange(
                type -> {
                    throw new IllegalStateException("as the test wants it");
                },
                PATIENCE));
        try (CapturedLog log = new CapturedLog("dev.hawser.metrics")) {
            assertThat(ask(page, "GET /metrics HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 500 ");
            assertThat(log.messages()).containsExactly("the page of metrics cannot be made");
        }
    }

    private Sockaddr page() throws Exception {
        ReactorMeters.of(reactor, "main").bindTo(registry);
        // @start region="page"
        Factory page = new PrometheusFactory(registry);
        // @end
        return listen(page);
    }

    private Sockaddr listen(Factory factory) throws Exception {
        CompletableFuture<Sockaddr> where = new CompletableFuture<>();
        reactor.callFromThread(() -> {
            try {
                where.complete(reactor.listenTcp(SockaddrIn.of("127.0.0.1", 0), factory, ListenOptions.DEFAULT)
                        .getHost());
            } catch (IOException e) {
                where.completeExceptionally(e);
            }
        });
        return where.get();
    }

    private static String url(Sockaddr where, String path) {
        return "http://" + where + path;
    }

    private static List<String> curl(String... arguments) throws Exception {
        try (Peer curl = Peers.start("curl", arguments)) {
            List<String> lines = curl.readLines();
            assertThat(curl.awaitExit()).isZero();
            return lines.stream().map(line -> line.replace("\r", "")).toList();
        }
    }

    private static Socket connected(Sockaddr where) throws IOException {
        SockaddrIn address = (SockaddrIn) where;
        Socket client = Sockets.createConnection(address.host(), address.port());
        client.setTimeout(PATIENCE);
        return client;
    }

    private static String ask(Sockaddr where, String request) throws IOException {
        try (Socket client = connected(where)) {
            client.sendAll(request.getBytes(ISO_8859_1));
            return readAll(client);
        }
    }

    private static String readAll(Socket client) throws IOException {
        StringBuilder all = new StringBuilder();
        for (byte[] part = client.recv(65536); part.length > 0; part = client.recv(65536)) {
            all.append(new String(part, UTF_8));
        }
        return all.toString();
    }

    private static double value(MeterRegistry meters, String name) {
        return Objects.requireNonNull(meters.find("hawser.reactor." + name).meter())
                .measure()
                .iterator()
                .next()
                .getValue();
    }
}
