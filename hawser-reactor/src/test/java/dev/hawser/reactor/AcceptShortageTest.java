package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that has no descriptor left, in truth. */
@Timeout(90)
class AcceptShortageTest {

    private static final Duration START = Duration.ofSeconds(30);

    /** More than a JVM opens for itself, the jars of its class path among them. */
    private static final int DESCRIPTORS = 256;

    /** Turned away, a client is told by the end or by a reset. */
    private static final String CLIENTS = """
            import socket, sys
            for line in sys.stdin:
                with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20) as client:
                    print(client.recv(100).decode(), flush=True)
            """;

    private static Peer server(BackendKind kind) throws IOException {
        List<String> command = new ArrayList<>(List.of("--nofile=" + DESCRIPTORS));
        command.addAll(TestJvm.command(AcceptShortageProgram.class, kind.name()));
        return Peers.start("prlimit", command.toArray(String[]::new));
    }

    private static String ask(Peer peer, String command) throws IOException {
        peer.writeLine(command);
        return peer.readLine();
    }

    @ParameterizedTest
    @EnumSource
    @RequiresProgram({"prlimit", "python3"})
    void clientsAreTurnedAwayAndTheLoopRests(BackendKind kind) throws Exception {
        try (Peer server = server(kind)) {
            SockaddrIn address = (SockaddrIn) Sockaddr.parse(server.readLine(START));
            try (Peer clients = Peers.python(CLIENTS, Integer.toString(address.port()))) {
                assertThat(ask(clients, "connect")).isEqualTo("hello");
                assertThat(ask(server, "fill")).isEqualTo("fill");
                long before = Long.parseLong(ask(server, "turns"));

                for (int i = 0; i < 10; i++) {
                    assertThat(ask(clients, "connect")).isEmpty();
                }

                assertThat(Long.parseLong(ask(server, "turns")) - before).isLessThan(100);
                assertThat(ask(server, "release")).isEqualTo("release");
                assertThat(logUntil(server, "release"))
                        .filteredOn(line -> line.contains("cannot accept for now"))
                        .hasSize(1);
                assertThat(ask(clients, "connect")).isEqualTo("hello");
            }
            server.closeInput();
            assertThat(server.readLine()).isEqualTo("ended");
            assertThat(server.awaitExit()).isZero();
        }
    }

    /** What the server has written to stderr after it was filled, before this line. */
    private static List<String> logUntil(Peer server, String last) {
        List<String> lines = new ArrayList<>();
        for (String line = server.readErrorLine(); !line.equals(last); line = server.readErrorLine()) {
            if (line.equals("fill")) {
                lines.clear();
            } else {
                lines.add(line);
            }
        }
        return lines;
    }
}
