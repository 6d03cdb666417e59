package dev.hawser.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a program or a file has to say, as it comes; the ends of its lines may be made those of the Internet. */
public final class StreamInput implements Talk.Input {

    private static final int MAX_BYTES = 16 * 1024;

    private final InputStream in;
    private final boolean crlf;
    private final byte[] buffer = new byte[MAX_BYTES];
    private byte last;

    /**
     * From a stream.
     *
     * @param crlf whether a line feed alone becomes a carriage return and a line feed
     */
    public StreamInput(InputStream in, boolean crlf) {
        this.in = in;
        this.crlf = crlf;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        int read = in.read(buffer);
        if (read < 0) {
            return null;
        }
        if (!crlf) {
            return Arrays.copyOf(buffer, read);
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(read + read / 16);
        for (int i = 0; i < read; i++) {
            if (buffer[i] == '\n' && last != '\r') {
                lines.write('\r');
            }
            last = buffer[i];
            lines.write(last);
        }
        return lines.toByteArray();
    }
}
