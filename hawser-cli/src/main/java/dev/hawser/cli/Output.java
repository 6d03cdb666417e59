package dev.hawser.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers why the output could not be written: a {@link java.io.PrintStream} over it goes on as if nothing were. */
final class Output extends OutputStream {

    private final OutputStream target;
    private volatile @Nullable IOException failure;

    Output(OutputStream target) {
        this.target = target;
    }

    /** Null where all could be written, or where whoever read it has had enough, as {@code head} has. */
    @Nullable
    String whatFailed() {
        IOException why = failure;
        return why == null || "Broken pipe".equals(why.getMessage()) ? null : String.valueOf(why.getMessage());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
