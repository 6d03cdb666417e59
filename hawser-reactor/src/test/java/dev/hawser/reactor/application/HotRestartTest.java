package dev.hawser.reactor.application;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.socket.Constants;
import dev.hawser.socket.Privileges;
import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import dev.hawser.testkit.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
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

    private Peer start(String... fateAndUser) throws IOException {
        Peer program = prepare(fateAndUser);
        program.writeLine("go");
        return program;
    }

    /** A process that waits for a line. */
    private Peer prepare(String... fateAndUser) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                directory.resolve("control").toString(),
                directory.resolve("server").toString()));
        arguments.addAll(List.of(fateAndUser));
        return Peers.start(
                "env",
                TestJvm.command(HotRestartProgram.class, arguments.toArray(String[]::new))
                        .toArray(String[]::new));
    }

    private static int port(Peer server) {
        return port(server, Privileges.effectiveUserId());
    }

    private static int port(Peer server, int user) {
        String line = server.readLine(PATIENCE);
        assertThat(line).endsWith(" of " + user);
        return Integer.parseInt(line.replaceAll("port | of .*", ""));
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
        Peer next = server;
        try {
            int port = port(server);
            ask(port);
            next = prepare("serve");
            for (int i = 0; i < RESTARTS; i++) {
                awaitAnswers(5);
                Peer old = server;
                server = next;
                next.writeLine("go");
                next = prepare("serve"); // a JVM starts while another one takes over: two cores
                assertThat(port(server)).isEqualTo(port);
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
            next.close();
        }
    }

    @Test
    void processesThatGiveUpRootsRightsTakeEachOthersPlace() throws Exception {
        assumeTrue(Privileges.effectiveUserId() == 0, "only root can become somebody else: EPERM");
        int nobody = Privileges.userId("nobody");
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        Peer server = start("serve", "nobody");
        try {
            int port = port(server, nobody);
            ask(port);
            for (int i = 0; i < 2; i++) {
                awaitAnswers(2);
                Peer old = server;
                server = start("serve", "nobody");
                assertThat(port(server, nobody)).isEqualTo(port);
                assertThat(old.readLine(PATIENCE)).isEqualTo("end 0");
                old.close();
            }
            awaitAnswers(2);
            stopAsking();
            requireNoFailure();
            server.process().toHandle().destroy();
            assertThat(server.readLine(PATIENCE)).isEqualTo("end 15");
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
