package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Style;
import dev.hawser.examples.TimeClient;
import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server in a process of its own, which a signal ends. */
class SignalTest {
    @ParameterizedTest
    @CsvSource({
        "TCP, INT, 130, 1 client",
        "UDP, TERM, 143, 1 message from 1 client",
        "SOCKETSERVER, TERM, 143, 1 client",
        "FORKING, INT, 130, 1 client",
        "REACTOR, INT, 130, 1 client"
    })
    @RequiresProgram({"env", "kill"})
    void aSignalEndsTheServerWithALineOfWhatItServed(Style style, String signal, int exitCode, String served)
            throws Exception {
        try (Peer server = start("time-server", "--style", StyleConverter.nameOf(style), "--listen", "127.0.0.1:0")) {
            String first = server.readLine();
            String name = StyleConverter.nameOf(style);
            assertThat(first).matches(name + " time server on 127\\.0\\.0\\.1:\\d+, Ctrl-C stops it");
            HostPort address = HostPort.parse(first.replaceAll(".* on (.*),.*", "$1"));
            try (TimeClient client = style.client(address, Duration.ofSeconds(10))) {
                assertThat(client.ask("x".getBytes(UTF_8))).endsWith("] x".getBytes(UTF_8));
                send(signal, server);
                assertThat(server.awaitExit()).isEqualTo(exitCode);
            }
            List<String> rest = server.readLines();
            assertThat(rest.getFirst()).startsWith("waiting for ");
            assertThat(rest.getLast()).isEqualTo("served " + served);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "asyncore-echo-server, echo server, INT, 130, Incoming connection from .*, served 1 client",
        "chat-room, chat room, TERM, 143, hello has entered from .*, served 1 member",
        "reactor-chat-room, reactor chat room, INT, 130, hello has entered from .*, served 1 member",
        "number-game, number game, TERM, 143, \\.\\.\\.connected from: .*, 'served 1 player, who guessed 0 numbers'"
    })
    @RequiresProgram({"env", "kill"})
    void aSignalDisconnectsTheClientsOfALoop(
            String command, String name, String signal, int exitCode, String met, String served) throws Exception {
        try (Peer server = start(command, "--listen", "127.0.0.1:0")) {
            String first = server.readLine();
            assertThat(first).matches(name + " on 127\\.0\\.0\\.1:\\d+, Ctrl-C stops it");
            HostPort address = HostPort.parse(first.replaceAll(".* on (.*),.*", "$1"));
            try (Socket client = Sockets.createConnection(address.host(), address.port())) {
                client.setTimeout(Duration.ofSeconds(10));
                client.sendAll("hello\n".getBytes(UTF_8));
                assertThat(server.readLine()).matches(met);
                assertThat(client.recv(1)).hasSize(1);
                send(signal, server);
                assertThat(server.awaitExit()).isEqualTo(exitCode);
                client.recv(1000, Constants.MSG_WAITALL); // up to the end
            }
            assertThat(server.readLines()).last().isEqualTo(served);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @RequiresProgram({"env", "kill"})
    void aSignalEndsAServerOfDatagrams(String signal, int exitCode) throws Exception {
        try (Peer server = start("udp-echo", "--listen", "127.0.0.1:0")) {
            String first = server.readLine();
            assertThat(first).matches("udp echo on 127\\.0\\.0\\.1:\\d+, Ctrl-C stops it");
            HostPort address = HostPort.parse(first.replaceAll(".* on (.*),.*", "$1"));
            try (Socket client = new Socket(Constants.AF_INET, Constants.SOCK_DGRAM)) {
                client.setTimeout(Duration.ofSeconds(10));
                client.connect(address.toSockaddr());
                client.sendAll("hello".getBytes(UTF_8));
                assertThat(client.recv(100)).isEqualTo("hello".getBytes(UTF_8));
            }
            send(signal, server);
            assertThat(server.awaitExit()).isEqualTo(exitCode);
            assertThat(server.readLines()).containsExactly("served 1 datagram, 5 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @RequiresProgram({"env", "kill"})
    void aSignalEndsBothHalvesOfAForwardedConnection(String signal, int exitCode) throws Exception {
        try (Socket target = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
                Peer server = start(
                        "port-forward",
                        "--listen",
                        "127.0.0.1:0",
                        "--to",
                        target.getSockName().toString())) {
            HostPort address = HostPort.parse(server.readLine().replaceAll(".* on (.*),.*", "$1"));
            target.setTimeout(Duration.ofSeconds(30));
            try (Socket client = Sockets.createConnection(address.host(), address.port());
                    Socket other = target.accept().socket()) {
                client.setTimeout(Duration.ofSeconds(30));
                other.setTimeout(Duration.ofSeconds(30));
                client.sendAll("hello".getBytes(UTF_8));
                assertThat(other.recv(5, Constants.MSG_WAITALL)).isEqualTo("hello".getBytes(UTF_8));
                send(signal, server);
                assertThat(client.recv(100)).isEmpty();
                assertThat(other.recv(100)).isEmpty();
            }
            assertThat(server.awaitExit()).isEqualTo(exitCode);
            List<String> rest = server.readLines();
            assertThat(rest).hasSize(3).last().isEqualTo("served 1 client, 5 bytes there, 0 bytes back");
            assertThat(rest.getFirst()).startsWith("...connected from: 127.0.0.1:");
            assertThat(rest.get(1)).startsWith("...ended: ").endsWith("5 bytes there, 0 bytes back");
        }
    }

    /** Its workers have the request, and know nothing of the signal. */
    @Test
    @RequiresProgram({"env", "kill"})
    void aSignalDisconnectsTheClientsOfWorkersAndLeavesNoProcessBehind() throws Exception {
        try (Peer server = start("prefork-server", "--listen", "127.0.0.1:0", "--workers", "2")) {
            HostPort address = HostPort.parse(server.readLine().replaceAll(".* on (.*),.*", "$1"));
            try (Socket client = Sockets.createConnection(address.host(), address.port())) {
                client.setTimeout(Duration.ofSeconds(30));
                client.sendAll("hello\n".getBytes(UTF_8));
                String answer = new String(client.recv(100), UTF_8);
                assertThat(answer).matches("worker \\d+: hello\n");
                List<ProcessHandle> workers =
                        server.process().toHandle().descendants().toList();
                assertThat(workers).extracting(ProcessHandle::pid).contains(Long.valueOf(answer.replaceAll("\\D", "")));
                send("INT", server);
                assertThat(client.recv(100)).isEmpty();
                assertThat(server.awaitExit()).isEqualTo(130);
                assertThat(workers).allMatch(worker -> !Files.exists(Path.of("/proc/" + worker.pid() + "/exe")));
            }
            assertThat(server.readLines()).hasSize(2).last().isEqualTo("served 1 client");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @RequiresProgram({"env", "kill"})
    void aSignalDisconnectsTheClientsOfAUnixSocketAndRemovesIt(String signal, int exitCode, @TempDir Path directory)
            throws Exception {
        SockaddrUn path = SockaddrUn.of(directory.resolve("kv"));
        try (Peer server = start("key-value-server", "--listen", path.path())) {
            assertThat(server.readLine()).isEqualTo("key-value server on " + path + ", Ctrl-C stops it");
            try (Socket client = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM)) {
                client.setTimeout(Duration.ofSeconds(10));
                client.connect(path);
                client.sendAll("SET a 1\n".getBytes(UTF_8));
                assertThat(client.recv(100)).isEqualTo("OK\n".getBytes(UTF_8));
                send(signal, server);
                assertThat(client.recv(100)).isEmpty();
                assertThat(server.awaitExit()).isEqualTo(exitCode);
            }
            assertThat(server.readLines()).hasSize(2).last().isEqualTo("served 1 client");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @RequiresProgram({"env", "kill"})
    void aSignalEndsTheProgramThatIsSupervised(String signal, int exitCode) throws Exception {
        try (Peer supervisor = start("supervise", "sh", "-c", "echo up; exec sleep 60")) {
            String first = supervisor.readLine();
            assertThat(first).matches("sh runs as process \\d+, Ctrl-C ends it");
            assertThat(supervisor.readLine()).isEqualTo("sh| up");
            ProcessHandle sleep = ProcessHandle.of(Long.parseLong(first.replaceAll("\\D+", "")))
                    .orElseThrow();
            send(signal, supervisor);
            assertThat(supervisor.awaitExit()).isEqualTo(exitCode);
            assertThat(sleep.isAlive()).isFalse();
            List<String> rest = supervisor.readLines();
            assertThat(rest).hasSize(3).startsWith("sh is told to end").endsWith("started 1 time");
            assertThat(rest.get(1)).matches("sh has ended with status 143 after .* s");
        }
    }

    private static void send(String signal, Peer server) throws IOException, InterruptedException {
        CommandProcess.send(signal, server);
    }

    private static Peer start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        return CommandProcess.start(all.toArray(String[]::new));
    }
}
