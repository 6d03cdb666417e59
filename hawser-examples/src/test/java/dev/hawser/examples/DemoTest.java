package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Demo demo = new Demo(new PrintStream(out, true, UTF_8), false);

    @Test
    void sendsEveryLineThroughAll() throws IOException {
        demo.readLines(new ByteArrayInputStream("hello\n\nworld\r\n\n".getBytes(UTF_8)));
        assertThat(demo.run(List.of(Style.values()))).isTrue();
        assertThat(out.toString(UTF_8).lines().map(DemoTest::withoutNumbers))
                .containsExactly(
                        "(# blank lines left out: an empty line ends a client)",
                        "",
                        "TCP time server on #.#.#.#:#",
                        "  ok    [TIME] hello",
                        "  ok    [TIME] world",
                        "  # of # answers right",
                        "",
                        "UDP time server on #.#.#.#:#",
                        "  ok    [TIME] hello",
                        "  ok    [TIME] world",
                        "  # of # answers right",
                        "",
                        "Socketserver time server on #.#.#.#:#",
                        "  ok    [TIME] hello",
                        "  ok    [TIME] world",
                        "  # of # answers right",
                        "",
                        "Forking time server on #.#.#.#:#",
                        "  ok    [TIME] hello",
                        "  ok    [TIME] world",
                        "  # of # answers right",
                        "",
                        "Reactor time server on #.#.#.#:#",
                        "  ok    [TIME] hello",
                        "  ok    [TIME] world",
                        "  # of # answers right");
    }

    @Test
    void hasSamplesOfItsOwn() {
        assertThat(demo.isEmpty()).isTrue();
        demo.useSamples("why not");
        assertThat(demo.run(List.of(Style.TCP))).isTrue();
        assertThat(out.toString(UTF_8))
                .startsWith("(why not: 3 sample lines are sent)\n")
                .contains("网络编程\n");
    }

    @Test
    void carriesBytesThatAreNoText() throws IOException {
        byte[] notUtf8 = {(byte) 0xff, (byte) 0x80, 0, 'x'};
        demo.readLines(new ByteArrayInputStream(notUtf8));
        assertThat(demo.run(List.of(Style.UDP))).isTrue();
        assertThat(out.toString(ISO_8859_1)).contains("] \u00ff\u0080\0x\n");
    }

    @Test
    void coloursAreForTerminals() {
        Demo colourful = new Demo(new PrintStream(out, true, UTF_8), true);
        colourful.useSamples("so");
        assertThat(colourful.run(List.of(Style.TCP))).isTrue();
        assertThat(out.toString(UTF_8)).contains("\u001b[32mok   \u001b[0m [");
    }

    @Test
    void anAnswerIsRightOnlyWithTheTimeAndTheMessage() {
        Instant asked = Instant.now();
        byte[] message = "x".getBytes(UTF_8);
        assertThat(isRight(asked, message, stampAt(asked, "x"))).isTrue();
        assertThat(isRight(asked, message, stampAt(asked.plusSeconds(2), "x"))).isTrue();
        assertThat(isRight(asked, message, stampAt(asked, "y"))).isFalse();
        assertThat(isRight(asked, message, stampAt(asked, "xx"))).isFalse();
        assertThat(isRight(asked, message, stampAt(asked.minus(Duration.ofMinutes(1)), "x")))
                .isFalse();
        assertThat(isRight(asked, message, message)).isFalse();
    }

    private static boolean isRight(Instant asked, byte[] message, byte[] answer) {
        return Demo.isRight(answer, message, asked, asked.plusMillis(1));
    }

    private static byte[] stampAt(Instant time, String message) {
        return Ctime.stamp(Clock.fixed(time, ZoneId.systemDefault()), message.getBytes(UTF_8));
    }

    private static String withoutNumbers(String line) {
        return line.replaceAll("\\[\\w{3} \\w{3} [ \\d]\\d [\\d:]{8} \\d{4}]", "[TIME]")
                .replaceAll("\\d+", "#");
    }
}
