package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyValueServerTest {

    @TempDir
    private Path directory;

    @Test
    void keepsValuesUntilTheyAreDeleted() throws Exception {
        try (RunningServer server = serving(10)) {
            assertThat(
                            talk(
                                    "GET a\nSET a 1\nSET b two words \r\nGET a\nget b\nKEYS\nDELETE a\nDELETE a\nGET a\nKEYS\nQUIT\n"))
                    .containsExactly(
                            "NONE",
                            "OK",
                            "OK",
                            "VALUE 1",
                            "VALUE two words ",
                            "KEY a",
                            "KEY b",
                            "END",
                            "OK",
                            "NONE",
                            "NONE",
                            "KEY b",
                            "END",
                            "BYE");
            assertThat(talk("GET b\n")).as("another client").containsExactly("VALUE two words ");
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("2 clients"));
        }
    }

    @Test
    void aValueIsOfAnyBytes() throws Exception {
        try (RunningServer server = serving(10)) {
            String value = "\u0000\u00ff\u0080 \t\u001b";
            assertThat(talk("SET k " + value + "\nSET empty \nGET k\nGET empty\n"))
                    .containsExactly("OK", "OK", "VALUE " + value, "VALUE ");
            await().untilAsserted(() -> assertThat(server.log())
                    .startsWith("...connected from: process "
                            + ProcessHandle.current().pid() + " of user "));
        }
    }

    @Test
    void aClientThatLeavesBeforeItsAnswersIsToldOfByItsProcess() throws Exception {
        try (RunningServer server = serving(10)) {
            try (Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
                client.connect(SockaddrUn.of(path()));
                client.sendAll("KEYS\nGET a\n".getBytes(ISO_8859_1));
            }
            await().until(() -> server.log().contains("...lost: "));
            await().untilAsserted(() -> assertThat(server.log())
                    .containsPattern("\\.\\.\\.lost: process "
                            + ProcessHandle.current().pid() + " of user \\d+: .*(EPIPE|ECONNRESET)"));
        }
    }

    @Test
    void whatIsWrongIsToldAndTheNextLineCounts() throws Exception {
        try (RunningServer server = serving(10)) {
            assertThat(talk("\nSET a\nGET\nGET a b\nINCR a\nGET " + "k".repeat(251) + "\nSET  v\nSET a 1\n"))
                    .containsExactly(
                            "ERROR there are SET key value, GET key, DELETE key, KEYS and QUIT",
                            "ERROR write SET key value",
                            "ERROR write GET key",
                            "ERROR write GET key",
                            "ERROR there are SET key value, GET key, DELETE key, KEYS and QUIT",
                            "ERROR a key has 1 to 250 bytes, and no space",
                            "ERROR a key has 1 to 250 bytes, and no space",
                            "OK");
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("1 client"));
        }
    }

    @Test
    void nobodyFillsItsMemory() throws Exception {
        try (RunningServer server = serving(2)) {
            String longest = "v".repeat(8192);
            assertThat(talk("SET a 1\nSET b 1\nSET c 1\nSET b 2\nDELETE a\nSET c 3\n"))
                    .containsExactly("OK", "OK", "ERROR there are 2 keys already: delete one", "OK", "OK", "OK");
            assertThat(talk("SET b " + longest + "\nSET b " + longest + "v\nGET c\nSET b " + longest.repeat(9)
                            + "\nGET c\n"))
                    .containsExactly(
                            "OK",
                            "ERROR a value has 8192 bytes at most",
                            "VALUE 3",
                            "ERROR this line is too long",
                            "VALUE 3");
            assertThat(server.log()).doesNotContain("lost");
        }
    }

    @Test
    @RequiresProgram("socat")
    void answersSocatAndPythonLineByLine() throws Exception {
        String script = """
                import socket, sys
                with socket.socket(socket.AF_UNIX) as s:
                    s.connect(sys.argv[1])
                    f = s.makefile('rw', newline='\\n')
                    for line in 'GET a', 'SET b from python', 'QUIT':
                        print(line, file=f, flush=True)
                        print(f.readline(), end='')
                    print(repr(f.read()))
                """;
        try (RunningServer server = serving(10);
                Peer socat = Peers.start("socat", "-T10", "-", "UNIX-CONNECT:" + path())) {
            socat.writeLine("SET a from socat");
            assertThat(socat.readLine()).isEqualTo("OK");
            try (Peer python = Peers.python(script, path().toString())) {
                assertThat(python.readLines()).containsExactly("VALUE from socat", "OK", "BYE", "''");
            }
            socat.writeLine("GET b");
            assertThat(socat.readLine()).isEqualTo("VALUE from python");
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("2 clients"));
        }
    }

    @Test
    void aPathThatIsInUseIsNotTakenAndIsGoneInTheEnd() throws Exception {
        try (RunningServer server = serving(10)) {
            assertThatThrownBy(() -> new KeyValueServer(server.server().address(), 1, System.out).close())
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("EADDRINUSE");
            assertThat(talk("KEYS\n")).containsExactly("END");
        }
        assertThat(Files.exists(path())).isFalse();
    }

    @Test
    void aPathThatADeadServerLeftIsTaken() throws Exception {
        try (Socket dead = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            dead.bind(SockaddrUn.of(path()));
        }
        assertThat(Files.exists(path())).isTrue();
        try (RunningServer server = serving(10)) {
            assertThat(talk("KEYS\n")).containsExactly("END");
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("1 client"));
        }
    }

    private Path path() {
        return directory.resolve("kv");
    }

    private RunningServer serving(int maxEntries) throws IOException {
        return new RunningServer(log -> new KeyValueServer(SockaddrUn.of(path()), maxEntries, log));
    }

    /** Sends all, and reads the answers up to the end. */
    private List<String> talk(String commands) throws IOException {
        try (Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
            client.setTimeout(Duration.ofSeconds(10));
            client.connect(SockaddrUn.of(path()));
            client.sendAll(commands.getBytes(ISO_8859_1));
            client.shutdown(Constants.SHUT_WR);
            return new String(client.recv(1_000_000, Constants.MSG_WAITALL), ISO_8859_1)
                    .lines()
                    .toList();
        }
    }
}
