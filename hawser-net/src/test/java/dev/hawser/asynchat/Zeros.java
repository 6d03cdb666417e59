package dev.hawser.asynchat;

import java.io.IOException;

/** A producer of zeros, part after part, that counts them. */
final class Zeros implements Producer {
    private final byte[] part;
    private final boolean fails;
    long parts;
    int asked;
    int closed;

    Zeros(long parts, int partBytes) {
        this(parts, partBytes, false);
    }

    Zeros(long parts, int partBytes, boolean fails) {
        this.parts = parts;
        this.part = new byte[partBytes];
        this.fails = fails;
    }

    @Override
    public byte[] more() throws IOException {
        asked++;
        if (parts == 0 && fails) {
            throw new IOException("there should be more");
        }
        return parts-- > 0 ? part : new byte[0];
    }

    @Override
    public void close() {
        closed++;
    }
}
