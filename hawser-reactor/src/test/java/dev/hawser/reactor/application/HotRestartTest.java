package dev.hawser.reactor.application;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that take each other's place, while clients ask without a pause. */
@Timeout(120)
@RequiresProgram("env")
class HotRestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RESTARTS = 10;

    @TempDir
    Path directory;

    private final List<LineClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Peer start(String fate) throws IOException {
        return Peers.start(
                "env",
                TestJvm.command(
                                HotRestartProgram.class,
                                directory.resolve("control").toString(),
                                directory.resolve("server").toString(),
                                fate)
                        .toArray(String[]::new));
    }

    private static int port(Peer server) {
        return Integer.parseInt(server.readLine(PATIENCE).replace("port ", ""));
    }

    private void ask(int port) {
        LineClient.Connecting tcp = () -> Sockets.createConnection("127.0.0.1", port);
        for (LineClient.Connecting server : List.of(tcp, this::connectUnix)) {
            for (boolean keeps : new boolean[] {false, false, true}) {
                LineClient client = new LineClient(server, keeps);
                clients.add(client);
                threads.add(Thread.ofVirtual().start(client));
            }
        }
    }

    private Socket connectUnix() throws IOException {
        Socket socket = new Socket(Constants.AF_UNIX, Constants.SOCK_STREAM);
        try {
            socket.connect(SockaddrUn.of(directory.resolve("server")));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void stopAsking() throws InterruptedException {
        clients.forEach(LineClient::stop);
        for (Thread each : threads) {
            assertThat(each.join(PATIENCE)).isTrue();
        }
    }

    private void awaitAnswers(int more) {
        List<Integer> before = clients.stream().map(LineClient::answers).toList();
        eventually().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < before.size(); i++) {
                if (clients.get(i).answers() < before.get(i) + more) {
                    return false;
                }
            }
            return true;
        });
    }

    private void requireNoFailure() {
        int answers = clients.stream().mapToInt(LineClient::answers).sum();
        int connections = clients.stream().mapToInt(LineClient::connections).sum();
        System.out.println(answers + " requests were answered, in " + connections + " connections, and "
                + clients.stream().mapToInt(each -> each.failures().size()).sum() + " failed");
        assertThat(clients).allSatisfy(each -> assertThat(each.failures()).isEmpty());
        assertThat(clients).allSatisfy(each -> assertThat(each.answers()).isPositive());
    }

    @Test
    void aLoadedServerIsRestartedTenTimesAndNoRequestIsLost() throws Exception {
        Peer server = start("serve");
        try {
            int port = port(server);
            ask(port);
            for (int i = 0; i < RESTARTS; i++) {
                awaitAnswers(5);
                Peer next = start("serve");
                Peer old = server;
                server = next;
                assertThat(port(next)).isEqualTo(port);
                assertThat(old.readLine(PATIENCE)).isEqualTo("end 0");
                assertThat(old.awaitExit()).isZero();
                old.close();
            }
            awaitAnswers(5);
            stopAsking();
            requireNoFailure();
            server.process().toHandle().destroy();
            assertThat(server.readLine(PATIENCE)).isEqualTo("end 15");
            assertThat(server.awaitExit()).isZero();
            assertThat(directory).isEmptyDirectory();
        } finally {
            clients.forEach(LineClient::stop);
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "halt"})
    void aSuccessorThatDoesNotComeSoFarHasChangedNothing(String fate) throws Exception {
        try (Peer server = start("serve")) {
            ask(port(server));
            try (Peer next = start(fate)) {
                assertThat(next.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(next.process().exitValue()).isNotZero();
            }
            awaitAnswers(5);
            stopAsking();
            requireNoFailure();
        }
    }
}
