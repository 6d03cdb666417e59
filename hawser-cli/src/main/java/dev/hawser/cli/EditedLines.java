package dev.hawser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hawser.examples.HarmlessText;
import dev.hawser.examples.Talk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lines that somebody types, and may edit, with those before in reach; what the peer says meanwhile is written above. JLine does it, by the program stty: no native code
 * of its own is loaded.
 */
final class EditedLines implements Talk.Input, Closeable {

    private final Terminal terminal;
    private final LineReader reader;
    private final String lineEnd;
    private final HarmlessText text = new HarmlessText();

    EditedLines(String lineEnd) throws IOException {
        this.lineEnd = lineEnd;
        this.terminal = TerminalBuilder.builder()
                .name("hawser")
                .system(true)
                .provider("exec")
                .encoding(UTF_8)
                .nativeSignals(true)
                .graphemeCluster(false) // or it would ask the terminal questions, and read its answers
                .build();
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // a ! is a !
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .build();
    }

    @Override
    public byte @Nullable [] next() throws InterruptedException {
        try {
            return (reader.readLine() + lineEnd).getBytes(UTF_8);
        } catch (EndOfFileException e) {
            return null;
        } catch (UserInterruptException e) {
            throw new InterruptedException("Ctrl-C");
        }
    }

    /** Above the line that is being typed. */
    boolean show(ByteBuffer data) {
        showLine(text.of(data).replace("\r\n", "\n"));
        return true;
    }

    void showLine(String lines) {
        reader.printAbove(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
    }

    /** The terminal is as it was before. */
    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
