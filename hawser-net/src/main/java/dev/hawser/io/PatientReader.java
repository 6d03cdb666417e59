package dev.hawser.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A buffered reader that loses nothing when a read times out. {@link BufferedReader#readLine} drops the part of the line
 * that it has read when its source throws; here it is kept, and the next call goes on with it.
 */
public final class PatientReader extends BufferedReader {

    /** The beginning of a line whose end has not come yet. Guarded by the lock. */
    private final StringBuilder kept = new StringBuilder();

    /** The last line ended with a carriage return: a line feed now belongs to it. Guarded by the lock. */
    private boolean skipLineFeed;

    /**
     * A reader of text.
     *
     * @param source where the text comes from; a read that throws must have lost nothing
     */
    public PatientReader(Reader source) {
        super(source);
    }

    @Override
    public @Nullable String readLine() throws IOException {
        synchronized (lock) {
            for (; ; ) {
                int c = next();
                if (c == '\n' || c == '\r') {
                    skipLineFeed = c == '\r';
                    return take();
                }
                if (c < 0) {
                    return kept.isEmpty() ? null : take();
                }
                kept.append((char) c);
            }
        }
    }

    @Override
    public int read() throws IOException {
        synchronized (lock) {
            if (kept.isEmpty()) {
                return next();
            }
            char first = kept.charAt(0);
            kept.deleteCharAt(0);
            return first;
        }
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        synchronized (lock) {
            if (length == 0 || (kept.isEmpty() && !skipLineFeed)) {
                return super.read(buffer, offset, length);
            }
            int first = read();
            if (first < 0) {
                return -1;
            }
            buffer[offset] = (char) first;
            int n = Math.min(length - 1, kept.length());
            kept.getChars(0, n, buffer, offset + 1);
            kept.delete(0, n);
            return n + 1;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("how many characters are to be skipped? Not " + count);
        }
        synchronized (lock) {
            long skipped = 0;
            while (skipped < count && read() >= 0) {
                skipped++;
            }
            return skipped;
        }
    }

    @Override
    public boolean ready() throws IOException {
        synchronized (lock) {
            return !kept.isEmpty() || super.ready();
        }
    }

    @Override
    public void mark(int readAheadLimit) throws IOException {
        synchronized (lock) {
            if (!kept.isEmpty()) {
                throw new IOException("a line is half read: read on before marking");
            }
            super.mark(readAheadLimit);
        }
    }

    private int next() throws IOException {
        int c = super.read();
        boolean skip = skipLineFeed && c == '\n';
        skipLineFeed = false;
        return skip ? super.read() : c;
    }

    private String take() {
        String line = kept.toString();
        kept.setLength(0);
        return line;
    }
}
