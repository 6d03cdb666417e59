package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the examples on asyncore and asynchat say when something goes wrong: one line each. */
class AsyncoreCommandsTest {

    private static String closedPort() throws IOException {
        try (Socket closed = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            return closed.getSockName().toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncore-echo-server", "chat-room"})
    void aPortInUse(String command) throws IOException {
        try (Socket first = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            String address = first.getSockName().toString();
            Captured run = Captured.run("", "run", command, "--listen", address);
            assertThat(run.err())
                    .isEqualTo("hawser: cannot listen on " + address
                            + ": EADDRINUSE (Address already in use); stop what listens there, or choose another port"
                            + " (0: any free one)\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    @RequiresProgram("python3")
    void aPageIsPrintedAndOneThatIsNotThereIsAFailure(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("page"), "a page\n");
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
            String server = python.readLine().replaceAll(".*\\((http://.*/)\\).*", "$1");
            Captured page = Captured.run("", "run", "asyncore-http-client", server + "page");
            assertThat(page.out()).isEqualTo("a page\n");
            assertThat(page.err()).isEmpty();
            assertThat(page.exitCode()).isZero();
            Captured none = Captured.run("", "run", "asyncore-http-client", server + "none");
            assertThat(none.out()).isEmpty();
            assertThat(none.err()).isEqualTo("hawser: " + server + "none: 404 File not found\n");
            assertThat(none.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        String page = "http://" + closedPort() + "/";
        Captured run = Captured.run("", "run", "asyncore-http-client", page);
        assertThat(run.err())
                .isEqualTo("hawser: cannot connect for " + page
                        + ": ECONNREFUSED (Connection refused); see whether a web server listens there\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotAnswer() throws IOException {
        try (Socket silent = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) {
            String page = "http://" + silent.getSockName() + "/";
            Captured run = Captured.run("", "run", "asyncore-http-client", "--timeout", "0.05", page);
            assertThat(run.err())
                    .isEqualTo("hawser: no whole answer from " + page + " within 50 ms; give it a longer --timeout\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aHostThatNobodyKnows() {
        Captured run = Captured.run("", "run", "asyncore-http-client", "http://no.such.invalid/");
        assertThat(run.err())
                .startsWith("hawser: unknown host 'no.such.invalid': ")
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
