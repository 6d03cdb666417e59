package dev.hawser.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines, as bytes: what is no text in some encoding passes unharmed. A line comes without its newline (LF or CRLF).
 * One of more than {@link TimeServer#BUFSIZ} bytes comes in parts of at most that many, none of which ends within a
 * character of UTF-8.
 */
public final class Lines {

    private static final int MAX_BYTES = TimeServer.BUFSIZ;

    private final InputStream in;
    private final PrintStream out;
    private final boolean prompting;
    private final byte[] buffer = new byte[MAX_BYTES];

    /** How many bytes, at the buffer's start, were read and are yet to come out. */
    private int held;

    /** The last part was not the end of its line. */
    private boolean within;

    private Lines(InputStream in, PrintStream out, boolean prompting) {
        this.in = in;
        this.out = out;
        this.prompting = prompting;
    }

    /** Lines of an input stream; where somebody types them, each is asked for with {@code > }. */
    public static Lines of(InputStream in, PrintStream out, boolean prompting) {
        return new Lines(in, out, prompting);
    }

    /** The next line, or part of one: empty for an empty line, null at the end. */
    public byte @Nullable [] next() throws IOException {
        boolean rest = within;
        prompt(rest ? "" : "> ");
        int length = held;
        int last = 0;
        while (length < MAX_BYTES && (last = in.read()) >= 0 && last != '\n') {
            buffer[length++] = (byte) last;
        }
        held = 0;
        within = length == MAX_BYTES;
        if (within) {
            return part();
        }
        if (last == '\n' && length > 0 && buffer[length - 1] == '\r') {
            length--;
        }
        if (length == 0 && rest && last == '\n') {
            return next(); // the line was full to the last byte, and its newline is all that was left of it
        }
        if (length == 0 && last < 0) {
            prompt("\n");
            return null;
        }
        return Arrays.copyOf(buffer, length);
    }

    private byte[] part() {
        int end = buffer[MAX_BYTES - 1] == '\r' ? MAX_BYTES - 1 : endOfCharacters();
        byte[] part = Arrays.copyOf(buffer, end);
        held = MAX_BYTES - end;
        System.arraycopy(buffer, end, buffer, 0, held);
        return part;
    }

    /** Where the last character that is complete ends. */
    private int endOfCharacters() {
        int lead = MAX_BYTES - 1;
        while (lead > MAX_BYTES - 4 && (buffer[lead] & 0b1100_0000) == 0b1000_0000) {
            lead--;
        }
        int ones =
                Integer.numberOfLeadingZeros(~(buffer[lead] << 24)); // as many as the character has bytes; 0 for ASCII
        return ones <= 4 && lead + ones > MAX_BYTES ? lead : MAX_BYTES;
    }

    private void prompt(String text) {
        if (prompting) {
            out.print(text);
            out.flush();
        }
    }
}
