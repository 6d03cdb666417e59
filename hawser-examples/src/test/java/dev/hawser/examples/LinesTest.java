package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void linesComeWithoutTheirNewline() throws IOException {
        assertThat(read("a\nb c\r\n\n\r\nlast")).containsExactly("a", "b c", "", "", "last");
        assertThat(read("a\n")).containsExactly("a");
        assertThat(read("")).isEmpty();
    }

    @Test
    void aCarriageReturnWithinALineStays() throws IOException {
        assertThat(read("a\rb\r\n")).containsExactly("a\rb");
    }

    @Test
    void longLinesComeInParts() throws IOException {
        String full = "x".repeat(1024);
        assertThat(read(full + "\n\nnext")).containsExactly(full, "", "next");
        assertThat(read(full + "\r\nnext\n")).containsExactly(full, "next");
        assertThat(read(full)).containsExactly(full);
        assertThat(read(full + full + "y\nnext")).containsExactly(full, full, "y", "next");
        assertThat(read("x".repeat(1023) + "\r\nnext")).containsExactly("x".repeat(1023), "next");
        assertThat(read("x".repeat(1023) + "\rz\n")).containsExactly("x".repeat(1023), "\rz");
    }

    @Test
    void partsEndBetweenCharacters() throws IOException {
        for (String character : List.of("é", "网", "🚢")) {
            for (int before = 1020; before <= 1024; before++) {
                String line = "x".repeat(before) + character + "y";
                List<String> parts = read(line + "\n");
                assertThat(parts).hasSize(before + character.getBytes(UTF_8).length + 1 > 1024 ? 2 : 1);
                assertThat(String.join("", parts)).isEqualTo(line);
            }
        }
    }

    @Test
    void whatIsNoTextPasses() throws IOException {
        byte[] bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x80 + i % 0x80);
        }
        var joined = new ByteArrayOutputStream();
        Lines lines = Lines.of(new ByteArrayInputStream(bytes), new PrintStream(printed, true, UTF_8), false);
        for (byte[] part = lines.next(); part != null; part = lines.next()) {
            assertThat(part).hasSizeBetween(1, 1024);
            joined.writeBytes(part);
        }
        assertThat(joined.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void promptsOnceForEachLineThatSomebodyTypes() throws IOException {
        Lines lines = Lines.of(
                new ByteArrayInputStream(("x".repeat(2000) + "\nb\n").getBytes(UTF_8)),
                new PrintStream(printed, true, UTF_8),
                true);
        while (lines.next() != null) {
            printed.write('.');
        }
        assertThat(printed.toString(UTF_8)).isEqualTo("> ..> .> \n");
    }

    private List<String> read(String text) throws IOException {
        Lines lines =
                Lines.of(new ByteArrayInputStream(text.getBytes(UTF_8)), new PrintStream(printed, true, UTF_8), false);
        List<String> all = new ArrayList<>();
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            all.add(new String(line, UTF_8));
        }
        assertThat(printed.size()).isZero();
        return all;
    }
}
