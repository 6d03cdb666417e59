package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The load against servers that answer wrongly: it must notice, and never hang. */
class EchoScenarioTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void countsEveryMessageOfAnHonestServer() throws Exception {
        Window window = loadOn((received, buffer) -> received);

        assertThat(window.answers()).isPositive();
    }

    @Test
    void noticesAWrongByte() {
        assertThatThrownBy(() -> loadOn((received, buffer) -> {
                    buffer[received - 1] ^= 1;
                    return received;
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrong byte");
    }

    @Test
    void noticesAClosedConnection() {
        assertThatThrownBy(() -> loadOn((received, buffer) -> -1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed connection 0");
    }

    @Test
    void doesNotWaitForeverForAServerThatKeepsTheBytes() {
        EchoLoad load = new EchoLoad(1, 2, 100);

        assertThatThrownBy(() -> loadOn(load, Duration.ofMillis(300), (received, buffer) -> 0))
                .isInstanceOf(IOException.class)
                .hasMessage("nothing came back for 300 ms");
    }

    @Test
    void copesWithMessagesThatNoSocketBufferHolds() throws Exception {
        assertThat(loadOn(new EchoLoad(1, 16, EchoLoad.MAX_BYTES), PATIENCE, (received, buffer) -> received)
                        .answers())
                .isPositive();
    }

    private static Window loadOn(Answer answer) throws Exception {
        return loadOn(new EchoLoad(1, 2, 100), PATIENCE, answer);
    }

    private static Window loadOn(EchoLoad load, Duration patience, Answer answer) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofPlatform().start(() -> serveOne(listener, answer));
            var target = new Scenario.Target(
                    listener.getLocalPort(), ProcessHandle.current().pid());
            try {
                return new EchoScenario(load, patience).measure(target, SHORT, SHORT);
            } finally {
                server.join();
            }
        }
    }

    private static void serveOne(ServerSocket listener, Answer answer) {
        try (Socket connection = listener.accept()) {
            byte[] buffer = new byte[8192];
            int received;
            while ((received = connection.getInputStream().read(buffer)) > 0) {
                int length = answer.to(received, buffer);
                if (length < 0) {
                    return;
                }
                connection.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // The load hung up, as it does at its end.
            return;
        }
    }

    /** Changes what was received, and tells how many bytes of it go back; negative: hang up. */
    @FunctionalInterface
    private interface Answer {
        int to(int received, byte[] buffer);
    }
}
