package dev.hawser.asyncore;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What went wrong with some of many things that are closed, each of them tried. */
final class Failures {

    private @Nullable Throwable first;

    void of(Closeable closing) {
        try {
            closing.close();
        } catch (Throwable e) {
            add(e);
        }
    }

    private void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else {
            suppress(failure, first);
        }
    }

    /** Keeps a failure with the one that is thrown in its place, unless they are the same. */
    static void suppress(Throwable failure, Throwable thrown) {
        if (!thrown.equals(failure)) {
            thrown.addSuppressed(failure);
        }
    }

    /** Throws the first one, if any. */
    void rethrow() throws IOException {
        switch (first) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(first);
        }
    }
}
