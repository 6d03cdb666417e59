package dev.hawser.examples;

import static dev.hawser.socket.Constants.SHUT_WR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HotRestartTest {

    @TempDir
    Path directory;

    private String control() {
        return directory.resolve("control").toString();
    }

    private Peer server() throws IOException {
        return Jvm.start(HotRestart.class, "127.0.0.1:0", control());
    }

    private static HostPort address(String firstLine) {
        return HostPort.parse(firstLine.substring(firstLine.lastIndexOf(' ') + 1));
    }

    private static String process(Peer server) {
        return "process " + server.process().pid();
    }

    private static String ask(HostPort server) throws IOException {
        try (Socket client = Sockets.createConnection(server.host(), server.port(), Duration.ofSeconds(20), null)) {
            return ask(client);
        }
    }

    private static String ask(Socket client) throws IOException {
        client.sendAll("hello\n".getBytes(UTF_8));
        BufferedReader answer = client.makeFileReader(UTF_8);
        String line = answer.readLine();
        answer.close();
        return line;
    }

    /** A client that comes again and again, and wants an answer each time. */
    private static final class Client implements Callable<List<String>> {

        private final HostPort server;
        private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean enough;

        Client(HostPort server) {
            this.server = server;
        }

        @Override
        public List<String> call() throws IOException {
            while (!enough) {
                answers.add(ask(server));
            }
            return answers;
        }
    }

    @Test
    void aSecondProcessTakesOverAndNoConnectionIsRefused() throws Exception {
        try (Peer first = server()) {
            HostPort address = address(first.readLine());
            Client client = new Client(address);
            FutureTask<List<String>> coming = new FutureTask<>(client);
            Thread.ofVirtual().start(coming);
            try (Socket lasting = Sockets.createConnection(address.host(), address.port());
                    Peer second = server()) {
                assertThat(ask(lasting)).isEqualTo(process(first) + ": hello");
                assertThat(second.readLine()).isEqualTo(process(second) + " took over " + address);

                assertThat(ask(address)).isEqualTo(process(second) + ": hello");
                // The first one finishes what it has begun.
                assertThat(ask(lasting)).isEqualTo(process(first) + ": hello");
                lasting.shutdown(SHUT_WR);
                assertThat(first.readLine()).isEqualTo(process(first) + " has served");
                assertThat(first.awaitExit()).isZero();

                anotherOneTakesOver(first, second, address, client, coming);
            }
        }
    }

    private void anotherOneTakesOver(
            Peer first, Peer second, HostPort address, Client client, FutureTask<List<String>> coming)
            throws Exception {
        try (Peer third = server()) {
            assertThat(third.readLine()).isEqualTo(process(third) + " took over " + address);
            assertThat(second.readLine()).isEqualTo(process(second) + " has served");
            client.enough = true;
            assertThat(new TreeSet<>(coming.get()))
                    .contains(process(first) + ": hello", process(second) + ": hello")
                    .isSubsetOf(process(first) + ": hello", process(second) + ": hello", process(third) + ": hello");
            assertThat(ask(address)).isEqualTo(process(third) + ": hello");
        }
    }

    @Test
    void aSuccessorThatDiesChangesNothingAndOneInCpythonTakesOver() throws Exception {
        try (Peer server = server()) {
            HostPort address = address(server.readLine());
            try (Peer dying = Peers.python("""
                    import socket, sys
                    c = socket.socket(socket.AF_UNIX)
                    c.connect(sys.argv[1])
                    socket.recv_fds(c, 1, 1)
                    """, control())) {
                assertThat(dying.awaitExit()).isZero();
            }
            assertThat(server.readLine()).isEqualTo(process(server) + " goes on: the successor has left");
            assertThat(ask(address)).isEqualTo(process(server) + ": hello");

            try (Peer python = Peers.python("""
                    import socket, sys
                    c = socket.socket(socket.AF_UNIX)
                    c.connect(sys.argv[1])
                    data, fds, flags, address = socket.recv_fds(c, 1, 1)
                    listener = socket.socket(fileno=fds[0])
                    listener.setblocking(True)
                    c.sendall(b'1')
                    print('ended', c.recv(1))
                    peer, _ = listener.accept()
                    peer.sendall(b'python: ' + peer.recv(100))
                    """, control())) {
                assertThat(python.readLine()).isEqualTo("ended b''");
                assertThat(server.readLine()).isEqualTo(process(server) + " has served");
                assertThat(server.awaitExit()).isZero();
                assertThat(ask(address)).isEqualTo("python: hello");
                assertThat(python.awaitExit()).isZero();
            }
        }
    }

    @Test
    void theControlSocketOfAProcessThatCrashedIsNoObstacle() throws Exception {
        try (Peer crashing = server()) {
            address(crashing.readLine());
            crashing.process().destroyForcibly();
            crashing.awaitExit();
        }
        assertThat(Files.exists(Path.of(control()))).isTrue();
        try (Peer next = server()) {
            String line = next.readLine();
            assertThat(line).startsWith(process(next) + " listens on ");
            assertThat(ask(address(line))).isEqualTo(process(next) + ": hello");
        }
    }
}
