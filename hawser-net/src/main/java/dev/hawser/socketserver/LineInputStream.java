package dev.hawser.socketserver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read by lines: {@link StreamRequestHandler#rfile}. */
public final class LineInputStream extends BufferedInputStream {

    LineInputStream(InputStream in) {
        super(in);
    }

    /**
     * Reads a line with the newline that ends it.
     *
     * @param maxBytes the most bytes to read, with the newline; of a longer line the rest is read by the next call
     * @return the line; without a newline where there were more bytes or no more at all; empty at the end
     * @throws IOException if a read fails
     */
    public byte[] readLine(int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = 0;
        while (line.size() < maxBytes && next != '\n' && (next = read()) >= 0) {
            line.write(next);
        }
        return line.toByteArray();
    }
}
