package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Short requests to servers that answer wrongly: the load must notice, and never hang. */
class RequestScenarioTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void countsEveryRequestToAnHonestServer() throws Exception {
        Window window = loadOn(
                PATIENCE, (line, connection) -> connection.getOutputStream().write(line));

        assertThat(window.answers()).isPositive();
        assertThat(window.latencies().maxNanos()).isPositive();
    }

    @Test
    void anAnswerMayComeInParts() throws Exception {
        assertThat(loadOn(PATIENCE, (line, connection) -> {
                            connection.setTcpNoDelay(true);
                            for (byte part : line) {
                                connection.getOutputStream().write(part);
                            }
                        })
                        .answers())
                .isPositive();
    }

    @Test
    void noticesAWrongAnswer() {
        assertThatThrownBy(() -> loadOn(PATIENCE, (line, connection) -> {
                    line[0] ^= 1;
                    connection.getOutputStream().write(line);
                }))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("request 1 of client \\d got a wrong answer");
    }

    @Test
    void noticesAnAnswerThatIsCutShort() {
        assertThatThrownBy(() -> loadOn(
                        PATIENCE,
                        (line, connection) -> connection.getOutputStream().write(line, 0, 3)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("request 1 of client \\d ended after 3 of 16 bytes");
    }

    @Test
    void noticesWhatFollowsTheAnswer() {
        assertThatThrownBy(() -> loadOn(PATIENCE, (line, connection) -> {
                    connection.getOutputStream().write(line);
                    connection.getOutputStream().write('!');
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("got a wrong answer");
    }

    @Test
    void doesNotWaitForeverForAServerThatKeepsTheConnection() {
        assertThatThrownBy(() -> loadOn(Duration.ofMillis(300), (line, connection) -> {
                    connection.getOutputStream().write(line);
                    connection.getInputStream().read();
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("nothing came back for 300 ms");
    }

    private static Window loadOn(Duration patience, Answer answer) throws Exception {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread server = Thread.ofPlatform().start(() -> serveAll(listener, answer));
        try {
            var target = new Scenario.Target(
                    listener.getLocalPort(), ProcessHandle.current().pid());
            return new RequestScenario(new RequestLoad(2), patience).measure(target, SHORT, SHORT);
        } finally {
            listener.close();
            server.join();
        }
    }

    private static void serveAll(ServerSocket listener, Answer answer) {
        while (!listener.isClosed()) {
            serveOne(listener, answer);
        }
    }

    private static void serveOne(ServerSocket listener, Answer answer) {
        try (Socket connection = listener.accept()) {
            answer.to(firstLine(connection), connection);
        } catch (IOException e) {
            // The load hung up, or the test has closed the listener, as they do at their end.
            return;
        }
    }

    private static byte[] firstLine(Socket connection) throws IOException {
        byte[] buffer = new byte[RequestClient.LONGEST_LINE];
        int length = connection.getInputStream().read(buffer);
        return Arrays.copyOf(buffer, Math.max(0, length));
    }

    @FunctionalInterface
    private interface Answer {
        void to(byte[] line, Socket connection) throws IOException;
    }
}
