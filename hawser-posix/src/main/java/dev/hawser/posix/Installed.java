package dev.hawser.posix;

import org.jspecify.annotations.Nullable;

/** Holds the {@link SystemCalls} in use, and checks once that they can be used at all. */
final class Installed {

    private static volatile @Nullable SystemCalls current;

    private Installed() {}

    static SystemCalls current() {
        SystemCalls calls = current;
        return calls != null ? calls : replaceIfAbsent();
    }

    static synchronized SystemCalls replace(SystemCalls calls) {
        SystemCalls before = current();
        current = calls;
        return before;
    }

    private static synchronized SystemCalls replaceIfAbsent() {
        SystemCalls calls = current;
        if (calls == null) {
            String unsupported = Abi.unsupported();
            if (unsupported != null) {
                throw new UnsupportedOperationException(unsupported);
            }
            Native.requireAccess();
            calls = SystemCalls.LIBC;
            current = calls;
        }
        return calls;
    }
}
