package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Linger;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketOptions;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code hawser connect} in pipes and on a terminal, with a server that is the test itself. */
@Timeout(120)
class ConnectCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Runs a program on a terminal of 80 columns, types each argument when the program has said the one before, and prints what it has shown. */
    private static final String ON_A_TERMINAL = """
            import fcntl, os, pty, select, struct, sys, termios
            command, script = sys.argv[1].split('\\0'), sys.argv[2:]
            pid, fd = pty.fork()
            if pid == 0:
                os.environ['TERM'] = 'xterm'
                os.execv(command[0], command)
            fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
            shown, mark = b'', 0
            def more():
                global shown
                try:
                    part = os.read(fd, 4096) if select.select([fd], [], [], 30)[0] else b''
                except OSError:
                    part = b''
                shown += part
                return part
            for awaited, typed in zip(script[::2], script[1::2]):
                awaited, typed = (text.encode().decode('unicode_escape').encode('latin-1') for text in (awaited, typed))
                while awaited not in shown[mark:] and more():
                    pass
                mark = len(shown)
                os.write(fd, typed)
            while more():
                pass
            print(repr(shown.decode()))
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @AutoClose
    private Socket listener;

    private String endpoint;

    @BeforeEach
    void listen() throws IOException {
        listener = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        listener.setTimeout(PATIENCE);
        endpoint = "tcp:127.0.0.1:" + ((SockaddrIn) listener.getSockName()).port();
    }

    /** What a server hears up to the end; then it answers, and closes. */
    private CompletableFuture<String> answering(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket client = listener.accept().socket()) {
                client.setTimeout(PATIENCE);
                StringBuilder heard = new StringBuilder();
                for (byte[] part = client.recv(65536); part.length > 0; part = client.recv(65536)) {
                    heard.append(new String(part, UTF_8));
                }
                client.sendAll(answer.getBytes(UTF_8));
                return heard.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void theEndOfTheInputIsToldAndTheRestIsWaitedFor() {
        CompletableFuture<String> heard = answering("all\u001b[31m of it");
        Captured run = Captured.run("a\nb\r\nc", "connect", endpoint);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("all\u001b[31m of it"); // a pipe is no terminal
        assertThat(run.exitCode()).isZero();
        assertThat(heard.join()).isEqualTo("a\nb\r\nc");
    }

    @Test
    void linesMayEndAsTheInternetWantsThem() {
        CompletableFuture<String> heard = answering("");
        assertThat(Captured.run("a\nb\r\nc", "connect", endpoint, "--crlf").exitCode())
                .isZero();
        assertThat(heard.join()).isEqualTo("a\r\nb\r\nc");
    }

    @Test
    void anEmptyInputIsAnEnd() {
        CompletableFuture<String> heard = answering("moored");
        assertThat(Captured.run("", "connect", endpoint).out()).isEqualTo("moored");
        assertThat(heard.join()).isEmpty();
    }

    @Test
    void muchPassesInBothDirections() {
        String much = "0123456789abcdef".repeat(100_000);
        CompletableFuture<String> heard = answering(much);
        assertThat(Captured.run(much, "connect", endpoint).out()).isEqualTo(much);
        assertThat(heard.join()).isEqualTo(much);
    }

    @Test
    void whatHappensIsToldToWhoeverAsks() {
        CompletableFuture<String> heard = answering("four");
        Captured run = Captured.run("two", "connect", endpoint, "-v");
        heard.join();
        assertThat(run.err().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("* connected to " + endpoint.substring("tcp:".length()) + " from 127.0.0.1:");
        assertThat(run.err()).contains("* the peer has said all\n* sent 3 bytes, received 4 bytes: ");
    }

    @Test
    void nobodyThereIsAFailure() throws IOException {
        listener.close();
        Captured run = Captured.run("", "connect", endpoint);
        assertThat(run.err())
                .isEqualTo("hawser: cannot connect to '" + endpoint
                        + "': ECONNREFUSED (Connection refused); see whether a server listens there\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksIsAFailure() {
        CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> {
            try (Socket client = listener.accept().socket()) {
                client.setTimeout(PATIENCE);
                client.recv(10);
                client.setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Captured run = Captured.run("x", "connect", endpoint);
        reset.join();
        assertThat(run.err())
                .isEqualTo(
                        "hawser: the connection to '" + endpoint + "' broke: ECONNRESET (Connection reset by peer)\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @RequiresProgram({"sh", "head"})
    void whoeverReadsTheOutputMayHaveHadEnough() throws Exception {
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
            try (Socket client = listener.accept().socket()) {
                client.setTimeout(PATIENCE);
                for (; ; ) {
                    client.sendAll("again and again\n".repeat(1000).getBytes(UTF_8));
                }
            } catch (IOException e) {
                // It has gone.
            }
        });
        List<String> shell = new ArrayList<>(List.of("-c", "\"$@\" </dev/null | head -1", "sh"));
        shell.addAll(CommandProcess.command("connect", endpoint));
        try (Peer pipe = Peers.start("sh", shell.toArray(String[]::new))) {
            assertThat(pipe.readLine(PATIENCE)).isEqualTo("again and again");
            assertThat(pipe.awaitExit()).isZero();
        }
        flood.join();
    }

    @Test
    @RequiresProgram({"python3", "stty"})
    void linesAreEditedOnATerminalAndThoseBeforeAreInReach() throws Exception {
        CompletableFuture<List<String>> heard = echoing();
        // connected; a letter is added in the middle; the line before comes again; the end
        List<String> shown = onATerminal("* connected", "helo\\x1bODl\\r", "[hello]", "\\x1bOA\\r", "[hello]", "\\x04");
        assertThat(heard.join()).containsExactly("hello", "hello");
        assertThat(shown.getFirst()).contains("* the peer has said all");
        assertThat(shown.getLast()).isEqualTo("0");
    }

    @Test
    @RequiresProgram({"python3", "stty"})
    void whatThePeerSaysDoesNotCommandTheTerminalAndCtrlCEndsIt() throws Exception {
        CompletableFuture<List<String>> heard = echoing();
        List<String> shown = onATerminal("* connected", "hi\\r", "[hi]", "\\x03");
        assertThat(heard.join()).containsExactly("hi");
        assertThat(shown.getFirst()).contains("[hi]^[]0;mine").doesNotContain("\\x1b]0;mine");
        assertThat(shown.getLast()).isEqualTo("130");
    }

    /** A server that puts each line in brackets, and would like to change the terminal's title; the lines are what it returns. */
    private CompletableFuture<List<String>> echoing() {
        return CompletableFuture.supplyAsync(() -> {
            List<String> lines = new ArrayList<>();
            try (Socket client = listener.accept().socket()) {
                client.setTimeout(PATIENCE);
                for (byte[] part = client.recv(1000); part.length > 0; part = client.recv(1000)) {
                    String line = new String(part, UTF_8).stripTrailing();
                    lines.add(line);
                    client.sendAll(("[" + line + "]\u001b]0;mine\n").getBytes(UTF_8));
                }
            } catch (IOException e) {
                // It was cut off.
            }
            return lines;
        });
    }

    private List<String> onATerminal(String... script) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add(String.join("\\0", CommandProcess.command("connect", endpoint, "-v")));
        arguments.addAll(List.of(script));
        try (Peer python = Peers.python(
                ON_A_TERMINAL.replace("split('\\0')", "split('\\\\0')"), arguments.toArray(String[]::new))) {
            return List.of(python.readLine(Duration.ofSeconds(60)), python.readLine(PATIENCE));
        }
    }
}
