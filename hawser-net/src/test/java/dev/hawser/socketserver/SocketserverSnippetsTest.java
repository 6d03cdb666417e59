package dev.hawser.socketserver;

import static dev.hawser.socket.Constants.SHUT_WR;
import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class SocketserverSnippetsTest {

    private static final Sockaddr ANY_PORT = SockaddrIn.of("127.0.0.1", 0);

    // @start region="stream"
    /** Answers each line of a client with the line in capitals. */
    static class Shouting extends StreamRequestHandler {

        @Override
        protected void handle() throws IOException {
            for (String line; (line = rfile().readLine(UTF_8)) != null; ) {
                wfile().write((line.toUpperCase(Locale.ROOT) + "\n").getBytes(UTF_8));
            }
        }

        @Override
        protected Duration timeout() {
            return Duration.ofMinutes(1); // who says nothing for so long is cut
        }
    }

    static void serve(Sockaddr address) throws IOException {
        try (ThreadingTcpServer server = new ThreadingTcpServer(address, Shouting.class)) {
            server.serveForever(); // until another thread, or a handler, calls server.shutdown()
        }
    }
    // @end

    @Test
    void eachLineIsAnsweredInCapitals() throws Exception {
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, Shouting.class));
                Socket client = running.connect();
                BufferedReader reader = client.makeFileReader(UTF_8)) {
            client.sendAll("hello\nworld\n".getBytes(UTF_8));
            assertThat(reader.readLine()).isEqualTo("HELLO");
            assertThat(reader.readLine()).isEqualTo("WORLD");
        }
    }

    @Test
    void theReadmeShowsThisVeryServer() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String section = readme.substring(readme.indexOf("## A server class\n"));
        List<String> shown = section.substring(section.indexOf("```java\n") + 8, section.indexOf("```\n\nWith"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Path source = Path.of("src/test/java/dev/hawser/socketserver/SocketserverSnippetsTest.java");
        List<String> lines =
                Files.readAllLines(source).stream().map(String::strip).toList();
        assertThat(shown).hasSizeGreaterThan(12);
        assertThat(lines).containsSubsequence(shown);
    }

    // @start region="base"
    /** Sends each client back what it sends, until it has no more. */
    static class Echo extends BaseRequestHandler<Socket> {

        @Override
        protected void handle() throws IOException {
            byte[] buffer = new byte[8192];
            for (int n; (n = request().recvInto(buffer)) > 0; ) {
                request().sendAll(buffer, 0, n, 0);
            }
        }
    }
    // @end

    @Test
    void whatIsSentComesBack() throws Exception {
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, Echo.class));
                Socket client = running.connect()) {
            client.sendAll("again".getBytes(US_ASCII));
            assertThat(client.recv(100)).asString().isEqualTo("again");
        }
    }

    // @start region="lines"
    /** Answers a request of HTTP with its first line; the headers are read, and not heeded. */
    static class HttpEcho extends StreamRequestHandler {

        @Override
        protected void handle() throws IOException {
            String request = rfile().readLine(US_ASCII);
            String header;
            do {
                header = rfile().readLine(US_ASCII); // LineTooLongException after maxLineBytes()
            } while (header != null && !header.isEmpty());
            wfile().write(("HTTP/1.0 200 OK\r\n\r\n" + request).getBytes(US_ASCII));
        }
    }
    // @end

    @Test
    void aRequestOfHttpIsAnswered() throws Exception {
        try (var running = RunningServer.of(new ThreadingTcpServer(ANY_PORT, HttpEcho.class));
                Socket client = running.connect();
                BufferedReader reader = client.makeFileReader(US_ASCII)) {
            client.sendAll("GET / HTTP/1.0\r\nHost: me\r\n\r\n".getBytes(US_ASCII));
            assertThat(reader.lines()).containsExactly("HTTP/1.0 200 OK", "", "GET / HTTP/1.0");
        }
    }

    // @start region="datagram"
    /** Tells the time to whoever asks. */
    static class TimeOfDay extends DatagramRequestHandler {

        @Override
        protected void handle() throws IOException {
            wfile().write(LocalTime.now(ZoneId.systemDefault()).toString().getBytes(US_ASCII)); // sent as one datagram
        }
    }
    // @end

    @Test
    void theTimeIsToldInADatagram() throws Exception {
        try (var running = RunningServer.of(new ThreadingUdpServer(ANY_PORT, TimeOfDay.class));
                Socket client = running.connect()) {
            client.sendAll("?".getBytes(US_ASCII));
            assertThat(LocalTime.parse(new String(client.recv(100), US_ASCII))).isNotNull();
        }
    }

    // @start region="lambda"
    static ThreadingTcpServer greeter(Sockaddr address) throws IOException {
        return new ThreadingTcpServer(address, RequestHandler.streams((rfile, wfile) -> {
            String name = rfile.readLine(UTF_8);
            wfile.write(("good day, " + name + "\n").getBytes(UTF_8));
        }));
    }

    static UdpServer reverser(Sockaddr address) throws IOException {
        return new UdpServer(
                address,
                RequestHandler.datagrams(packet -> new StringBuilder(new String(packet, UTF_8))
                        .reverse()
                        .toString()
                        .getBytes(UTF_8)));
    }

    static TcpServer whoAmI(Sockaddr address) throws IOException {
        return new TcpServer(
                address,
                (connection, client, server) ->
                        connection.sendAll(client.toString().getBytes(UTF_8)));
    }
    // @end

    @Test
    void lambdasOfThreeLinesAreHandlers() throws Exception {
        try (var running = RunningServer.of(greeter(ANY_PORT));
                Socket client = running.connect()) {
            client.sendAll("Ada\r\n".getBytes(UTF_8));
            assertThat(client.recv(100)).asString().isEqualTo("good day, Ada\n");
        }
        try (var running = RunningServer.of(reverser(ANY_PORT));
                Socket client = running.connect()) {
            client.sendAll("stressed".getBytes(UTF_8));
            assertThat(client.recv(100)).asString().isEqualTo("desserts");
        }
        try (var running = RunningServer.of(whoAmI(ANY_PORT));
                Socket client = running.connect()) {
            assertThat(client.recv(100))
                    .asString()
                    .isEqualTo(client.getSockName().toString());
        }
    }

    // @start region="threading"
    /** A server with its own rules; the mix-in stands behind any of the four servers. */
    static class Careful extends TcpServer implements ThreadingMixIn<Socket> {

        Careful(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler) throws IOException {
            super(address, handler);
        }

        @Override
        public int requestQueueSize() {
            return 128; // so many wait in the kernel ...
        }

        @Override
        public int maxRequests() {
            return 200; // ... while so many are served
        }

        @Override
        public @Nullable Duration idleTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public ThreadFactory threadFactory() {
            return PLATFORM;
        }

        private static final ThreadFactory PLATFORM =
                Thread.ofPlatform().name("request-", 0).factory();
    }
    // @end

    // @start region="stop"
    /** Lets the requests in progress end, but not for longer than ten seconds. */
    static void stop(Careful server) throws IOException, InterruptedException {
        server.shutdown(); // takes no more requests
        if (!server.drain(Duration.ofSeconds(10))) {
            server.closeClients(); // ends the handlers that wait for their clients
        }
        server.serverClose(); // waits for the rest
    }
    // @end

    @Test
    void aServerWithItsOwnRulesStopsWhenItsRequestsHaveEnded() throws Exception {
        var running = RunningServer.of(new Careful(ANY_PORT, Echo.class));
        try (Socket client = running.connect()) {
            client.sendAll("x".getBytes(US_ASCII));
            assertThat(client.recv(1)).isNotEmpty();
            assertThat(running.server().activeRequests()).isEqualTo(1);
        }
        stop(running.server());
        assertThat(running.server().activeRequests()).isZero();
        running.awaitEnd();
    }

    // @start region="forking"
    /** Whatever a handler does, it costs one request: a worker may use so much memory, and take so long. */
    static class Guarded extends ForkingTcpServer {

        Guarded(Sockaddr address, Class<? extends BaseRequestHandler<Socket>> handler) throws IOException {
            super(address, handler);
        }

        @Override
        public int maxChildren() {
            return 8;
        }

        @Override
        public Duration requestTimeLimit() {
            return Duration.ofSeconds(30);
        }

        @Override
        public List<String> workerOptions() {
            return List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-Dgreeting=hello");
        }

        @Override
        public void handleError(Socket request, Sockaddr client, Throwable error) {
            switch (error) {
                case WorkerDiedException died -> deaths.merge(died.exitStatus(), 1, Integer::sum);
                default -> super.handleError(request, client, error);
            }
        }

        final Map<Integer, Integer> deaths = new ConcurrentHashMap<>();
    }

    /** Loaded by the workers. */
    static class Greeting extends StreamRequestHandler {

        @Override
        protected void handle() throws IOException {
            String name = rfile().readLine(UTF_8);
            if (name == null) {
                System.exit(4); // only this worker ends
            }
            wfile().write((System.getProperty("greeting") + ", " + name).getBytes(UTF_8));
        }
    }
    // @end

    @Test
    void anExitCostsItsOwnRequestAlone() throws Exception {
        Guarded guarded = new Guarded(ANY_PORT, Greeting.class);
        try (var running = RunningServer.of(guarded)) {
            try (Socket client = running.connect()) {
                client.shutdown(SHUT_WR);
                assertThat(client.recv(100)).isEmpty();
            }
            try (Socket client = running.connect()) {
                client.sendAll("Ada\n".getBytes(UTF_8));
                assertThat(client.recv(100)).asString().isEqualTo("hello, Ada");
            }
            eventually().untilAsserted(() -> assertThat(guarded.deaths).containsExactly(Map.entry(4, 1)));
        }
    }
}
