package dev.hawser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.examples.Style;
import dev.hawser.examples.TimeServer;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo, and what the time commands say when something goes wrong: one line each. */
class TimeCommandsTest {
    private static final SockaddrIn ANY = new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0);
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Test
    void theDemoShowsAllStyles() {
        Captured run = Captured.run("hello\nworld\n", "demo");
        assertThat(run.out())
                .contains(
                        "TCP time server on 127.0.0.1:",
                        "UDP time server on 127.0.0.1:",
                        "Socketserver time server on 127.0.0.1:",
                        "Forking time server on 127.0.0.1:",
                        "Reactor time server on 127.0.0.1:");
        assertThat(run.out().lines().filter(line -> line.matches("  ok    \\[.{24}] (hello|world)")))
                .hasSize(10);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theDemoShowsOneStyleHoweverItIsAskedFor() {
        assertThat(Captured.run("x", "demo", "udp").out()).contains("UDP").doesNotContain("TCP");
        assertThat(Captured.run("x", "demo", "--style", "socketserver").out())
                .contains("Socketserver")
                .doesNotContain("TCP");
    }

    @Test
    void theHelpNamesAllStyles() {
        String names =
                List.of(Style.values()).stream().map(StyleConverter::nameOf).collect(Collectors.joining(", "));
        assertThat(StyleConverter.NAMES).isEqualTo(names.replaceFirst(", ([^,]*)$", " or $1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void theDemoHasSamplesWhereThereAreNoLines(String input) {
        Captured run = Captured.run(input, "demo", "tcp");
        assertThat(run.out()).startsWith("(standard input is empty: 3 sample lines are sent)\n");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void theClientPrintsTheAnswers(Style style) throws Exception {
        TimeServer server = style.server(ANY, NOWHERE);
        Thread thread = Thread.ofVirtual().start(() -> serve(server));
        Captured run = client(style, server.address().toString(), "网络编程\n\nnot sent\n");
        server.close();
        thread.join();
        assertThat(run.out()).matches("\\[.{24}] 网络编程\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void aPortInUse(Style style) throws IOException {
        try (TimeServer first = style.server(ANY, NOWHERE)) {
            Captured run = server(style, first.address().toString());
            assertThat(run.err())
                    .isEqualTo("hawser: cannot listen on " + first.address()
                            + ": EADDRINUSE (Address already in use); stop what listens there, or choose another port"
                            + " (0: any free one)\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void anAddressOfAnotherMachine() {
        Captured run = server(Style.UDP, "192.0.2.1:80");
        assertThat(run.err())
                .isEqualTo("hawser: cannot listen on 192.0.2.1:80: EADDRNOTAVAIL (Cannot assign requested address);"
                        + " this machine has no such address; 127.0.0.1 is always there\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /** The name is one that no look-up finds, and that the resolver refuses by itself: it asks no server. */
    @Test
    void anUnknownHost() {
        for (Captured run : new Captured[] {
            server(Style.TCP, "no..such:80"),
            client(Style.TCP, "no..such:80", "x"),
            client(Style.UDP, "no..such:80", "x")
        }) {
            assertThat(run.err())
                    .startsWith("hawser: unknown host 'no..such': ")
                    .endsWith("; check its spelling, or give a number such as 127.0.0.1\n")
                    .hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConnection() {
        Captured run = client(Style.TCP, "127.0.0.1:1", "x");
        assertThat(run.err())
                .isEqualTo(
                        "hawser: cannot connect to 127.0.0.1:1: ECONNREFUSED (Connection refused); start a server there:"
                                + " hawser run time-server --style tcp --listen 127.0.0.1:1\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void nobodyWhoReceives() {
        Captured run = client(Style.UDP, "127.0.0.1:1", "one\ntwo\n");
        String line = "no answer from 127.0.0.1:1: nobody listens there\n";
        assertThat(run.err()).isEqualTo(line + line);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void noAnswerInTime() throws IOException {
        try (Socket deaf = Sockets.createServer(ANY)) {
            Captured run = client(Style.TCP, deaf.getSockName().toString(), "x", "0.05");
            assertThat(run.err())
                    .isEqualTo("hawser: no answer from " + deaf.getSockName()
                            + ": timed out; see whether a time server listens there, or give it a longer --timeout\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
        try (Socket deaf = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
            deaf.bind(ANY);
            Captured run = client(Style.UDP, deaf.getSockName().toString(), "x", "0.05");
            assertThat(run.err()).isEqualTo("no answer from " + deaf.getSockName() + " within 0.05 s\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatDiesInTheMiddle() throws Exception {
        String script = """
                import os, socket
                l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1])
                s, _ = l.accept(); s.send(b'[Mon Nov  2 09:05:01 2026] ' + s.recv(1024)); s.recv(1024); os._exit(1)
                """;
        try (Peer python = Peers.python(script)) {
            String address = "127.0.0.1:" + python.readLine();
            Captured run = client(Style.TCP, address, "one\ntwo\nthree\n");
            assertThat(run.out()).isEqualTo("[Mon Nov  2 09:05:01 2026] one\n");
            assertThat(run.err()).startsWith("hawser: ").contains(address).hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    private static void serve(TimeServer server) {
        try {
            server.serve();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Captured server(Style style, String listen) {
        return Captured.run("", "run", "time-server", "--style", StyleConverter.nameOf(style), "--listen", listen);
    }

    private static Captured client(Style style, String connect, String input) {
        return client(style, connect, input, "10");
    }

    private static Captured client(Style style, String connect, String input, String seconds) {
        String name = StyleConverter.nameOf(style);
        return Captured.run(input, "run", "time-client", "--style", name, "--connect", connect, "--timeout", seconds);
    }
}
