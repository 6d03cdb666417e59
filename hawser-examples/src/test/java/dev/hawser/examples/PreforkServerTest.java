package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreforkServerTest {

    /** A busy machine may need a while to start a JVM. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void eachClientHasAWorkerOfItsOwn() throws Exception {
        try (RunningServer server = serving(2);
                Talk one = new Talk(server);
                Talk two = new Talk(server)) {
            long first = one.workerThatAnswers("hello");
            long second = two.workerThatAnswers("world");
            assertThat(Set.of(first, second))
                    .hasSize(2)
                    .doesNotContain(ProcessHandle.current().pid())
                    .isSubsetOf(ownChildren());
            assertThat(one.workerThatAnswers("again")).isEqualTo(first);
            await().untilAsserted(() -> assertThat(server.server().served()).isEqualTo("2 clients"));
        }
    }

    @Test
    void theNextClientWaitsUntilAWorkerIsFree() throws Exception {
        try (RunningServer server = serving(1);
                Talk first = new Talk(server)) {
            long worker = first.workerThatAnswers("first");
            try (Talk next = new Talk(server)) {
                next.send("next");
                // Nobody but the one worker could have answered by now, and it still talks to the first client.
                assertThat(first.workerThatAnswers("again")).isEqualTo(worker);
                first.leave();
                assertThat(worker(next.answer(), "next")).isEqualTo(worker);
            }
        }
    }

    @Test
    void aWorkerThatIsKilledTakesItsClientAloneWithIt() throws Exception {
        try (RunningServer server = serving(2);
                Talk victim = new Talk(server);
                Talk other = new Talk(server)) {
            long killed = victim.workerThatAnswers("hello");
            long spared = other.workerThatAnswers("world");
            assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();
            assertThat(victim.answer()).as("disconnected").isNull();
            assertThat(other.workerThatAnswers("still there?")).isEqualTo(spared);
            try (Talk next = new Talk(server)) {
                assertThat(next.workerThatAnswers("next")).isNotIn(killed, spared);
            }
            await().until(() -> server.log()
                    .matches("(?s).*\\.\\.\\.lost: " + victim.address + ": worker " + killed
                            + " .*\\(exit status 137, of signal 9\\).*"));
        }
    }

    @Test
    void nothingIsLeftOfItInTheEnd() throws Exception {
        Set<Long> before = ownChildren();
        RunningServer server = serving(2);
        try (server;
                Talk client = new Talk(server)) {
            client.workerThatAnswers("hello");
            server.close();
            assertThat(client.answer()).as("disconnected").isNull();
        }
        assertThat(ownChildren()).isEqualTo(before);
    }

    @Test
    void aLineThatIsTooLongComesBackInParts() throws Exception {
        try (RunningServer server = serving(1);
                Talk client = new Talk(server)) {
            client.send("x".repeat(1500));
            worker(client.answer(), "x".repeat(1024));
            worker(client.answer(), "x".repeat(476));
        }
    }

    @Test
    @RequiresProgram("socat")
    void answersSocat() throws Exception {
        try (RunningServer server = serving(1);
                Peer socat = Peers.start("socat", "-T30", "-", "TCP4:127.0.0.1:" + server.port())) {
            socat.writeLine("hello");
            assertThat(socat.readLine(PATIENCE)).matches("worker \\d+: hello");
            socat.closeInput();
            assertThat(socat.awaitExit()).isZero();
        }
    }

    private static RunningServer serving(int workers) throws IOException {
        return new RunningServer(log -> new PreforkServer(new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0), workers, log));
    }

    /** Zombies are among them. */
    private static Set<Long> ownChildren() {
        return Set.copyOf(
                ProcessHandle.current().children().map(ProcessHandle::pid).toList());
    }

    private static long worker(@Nullable String answer, String line) {
        assertThat(answer).matches("worker \\d+: " + line.replace("?", "\\?"));
        return Long.parseLong(String.valueOf(answer).replaceFirst("worker (\\d+):.*", "$1"));
    }

    /** One client. */
    private static final class Talk implements AutoCloseable {

        private final Socket socket;
        private final String address;
        private final BufferedReader answers;

        private Talk(RunningServer server) throws IOException {
            socket = Sockets.createConnection("127.0.0.1", server.port(), PATIENCE, null);
            address = String.valueOf(socket.getSockName());
            answers = new BufferedReader(new InputStreamReader(socket.makeFileInput(), UTF_8));
        }

        private void send(String line) throws IOException {
            socket.sendAll((line + "\n").getBytes(UTF_8));
        }

        private @Nullable String answer() throws IOException {
            return answers.readLine();
        }

        private long workerThatAnswers(String line) throws IOException {
            send(line);
            return worker(answer(), line);
        }

        private void leave() throws IOException {
            socket.shutdown(Constants.SHUT_WR);
        }

        @Override
        public void close() throws IOException {
            answers.close();
            socket.close();
        }
    }
}
