package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.Sockets;
import dev.hawser.testkit.Peer;
import dev.hawser.testkit.Peers;
import dev.hawser.testkit.RequiresProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NumberGameTest {

    private static final RandomGenerator ALWAYS_42 = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public int nextInt(int origin, int bound) {
            return 42;
        }
    };

    @AutoClose
    private final RunningServer running =
            new RunningServer(out -> new NumberGame(SockaddrIn.of("127.0.0.1", 0), ALWAYS_42, out));

    NumberGameTest() throws IOException {}

    private List<String> play(String lines) throws IOException {
        try (Socket player = Sockets.createConnection("127.0.0.1", running.port());
                BufferedReader reader = player.makeFileReader(UTF_8)) {
            player.setTimeout(Duration.ofSeconds(10));
            player.sendAll(lines.getBytes(UTF_8));
            return new ArrayList<>(reader.lines().toList());
        }
    }

    @Test
    void aPlayerFindsTheNumberAndPlaysAgain() throws IOException {
        assertThat(play("50\r\n7\nmany\n0\n42\ny\n42\nn\n"))
                .containsExactly(
                        "I think of a number from 1 to 100. Which one?",
                        "It is less.",
                        "It is more.",
                        "That is no number from 1 to 100. Which one?",
                        "That is no number from 1 to 100. Which one?",
                        "Yes! You needed 5 questions.",
                        "Another one (y/n)?",
                        "I think of a number from 1 to 100. Which one?",
                        "Yes! You needed 1 question.",
                        "Another one (y/n)?",
                        "Good bye.");
        await().untilAsserted(() -> assertThat(running.server().served()).isEqualTo("1 player, who guessed 2 numbers"));
    }

    @Test
    void aPlayerWhoThinksHoldsUpNobody() throws IOException {
        try (Socket thinking = Sockets.createConnection("127.0.0.1", running.port())) {
            await().until(() -> running.server().served().startsWith("1 player"));
            assertThat(play("42\nn\n")).hasSize(4).endsWith("Good bye.");
            assertThat(thinking.isClosed()).isFalse();
        }
    }

    @Test
    @RequiresProgram("socat")
    void aPlayerWhoLeavesInTheMiddleIsNoFailure() throws Exception {
        try (Peer socat = Peers.start("socat", "-", "TCP:127.0.0.1:" + running.port())) {
            assertThat(socat.readLine()).startsWith("I think of a number");
            socat.writeLine("50");
            assertThat(socat.readLine()).startsWith("It is less.");
            socat.closeInput();
            assertThat(socat.readLines()).contains("Good bye.");
        }
        assertThat(play("42\nn\n")).endsWith("Good bye.");
    }
}
