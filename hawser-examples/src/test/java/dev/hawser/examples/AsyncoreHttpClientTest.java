package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.ConnectFailedException;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AsyncoreHttpClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static String get(URI page, Duration timeout) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AsyncoreHttpClient.get(page, out, timeout);
        return out.toString(UTF_8);
    }

    /** What comes of an answer that a server gives, whatever it is asked. */
    private static String getFrom(String answer, Duration timeout) throws IOException, InterruptedException {
        try (Socket listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            Thread server = Thread.startVirtualThread(() -> {
                try (Socket client = listener.accept().socket()) {
                    client.sendAll(answer.getBytes(UTF_8));
                    client.recv(10_000);
                    if (answer.endsWith("...")) {
                        client.recv(1); // it leaves the connection open
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try {
                return get(URI.create("http://" + listener.getSockName() + "/x"), timeout);
            } finally {
                server.join();
            }
        }
    }

    @Test
    @RequiresProgram("python3")
    void aPageOfPythonsServerIsPrinted(@TempDir Path directory) throws Exception {
        String text = "网络编程\n".repeat(50_000);
        Files.writeString(directory.resolve("page.txt"), text);
        try (Peer python = Peers.start(
                "python3",
                "-u",
                "-m",
                "http.server",
                "--bind",
                "127.0.0.1",
                "--directory",
                directory.toString(),
                "0")) {
            String server = python.readLine().replaceAll(".*\\((http://.*)/\\).*", "$1");
            assertThat(get(URI.create(server + "/page.txt?query"), PATIENCE)).isEqualTo(text);
            assertThat(get(URI.create(server), PATIENCE)).contains("page.txt");
            assertThatThrownBy(() -> get(URI.create(server + "/none"), PATIENCE))
                    .hasMessage(server + "/none: 404 File not found");
            try (Peer program = Jvm.start(AsyncoreHttpClient.class, server + "/page.txt")) {
                assertThat(program.readLines()).hasSize(50_000).containsOnly("网络编程");
                assertThat(program.awaitExit()).isZero();
            }
        }
    }

    @Test
    void aServerThatLeavesTheConnectionOpenIsLeft() throws Exception {
        assertThat(getFrom("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody...", PATIENCE))
                .isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.0 500 \\033[2J\\r\\n\\r\\n                              | : 500 ?[2J
            HTTP/1.0 302 Found\\r\\nLocation: /y\\r\\n\\r\\n                  | : 302 Found; it is at /y
            HTTP/1.0 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nhalf            | 6 bytes before the end
            HTTP/1.0 200 OK\\r\\nContent-                                 | without an answer
            SSH-2.0-OpenSSH_9.2\\r\\n\\r\\n                                 | is not HTTP/1.0 or 1.1
            """)
    void whatIsNoWholePageIsAnErrorOfOneLine(String answer, String message) {
        assertThatThrownBy(() -> getFrom(answer.translateEscapes(), PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aHeadWithoutEndIsAnError() {
        assertThatThrownBy(() -> getFrom("HTTP/1.0 200 OK\r\nX: " + "x".repeat(100_000), PATIENCE))
                .hasMessageContaining("head is longer than 65536 bytes");
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftInTime() {
        assertThatThrownBy(() -> getFrom("HTTP/1.0 200 OK\r\n...", Duration.ofMillis(50)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("within 50 ms");
    }

    @Test
    void nobodyThereIsAnError() throws IOException {
        int port;
        try (Socket closed = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            port = HostPort.parse(closed.getSockName().toString()).port();
        }
        assertThatThrownBy(() -> get(URI.create("http://127.0.0.1:" + port + "/"), PATIENCE))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("ECONNREFUSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page",
                "https://localhost/",
                "http:///x",
                "http://me@localhost/",
                "http://a b/",
                "http://h:70000/"
            })
    void whatIsNoNameOfAPageIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> AsyncoreHttpClient.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write http://HOST[:PORT]/PATH");
    }
}
