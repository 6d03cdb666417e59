package dev.hawser.select;

import dev.hawser.socket.HasFileno;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was closed while it was registered, and so has left by itself: who closes first and unregisters then is not told
 * that it was never there, whichever thread comes first. Nothing is kept alive by that.
 *
 * <h2>Threading</h2>
 * Under a lock of the owner's.
 */
final class Departed {

    /** Of the key, what cannot lead back to the file, which would never be collected then. */
    private record Left(int fd, int events) {}

    /** The very object, for as long as somebody else holds it. */
    private static final class Identity extends WeakReference<HasFileno> {

        private final int hash;

        Identity(HasFileno file, @Nullable ReferenceQueue<HasFileno> collected) {
            super(file, collected);
            hash = System.identityHashCode(file);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the very object
        public boolean equals(@Nullable Object other) {
            return other == this || (other instanceof Identity that && refersTo(that.get()) && !refersTo(null));
        }
    }

    private final ReferenceQueue<HasFileno> collected = new ReferenceQueue<>();
    private final Map<Identity, Left> all = new HashMap<>();

    void add(SelectorKey key) {
        forgetCollected();
        all.put(new Identity(key.file(), collected), new Left(key.fd(), key.events()));
    }

    /** The key of what has left, without its attachment, once; or null. */
    @Nullable
    SelectorKey remove(HasFileno file) {
        forgetCollected();
        Left left = all.isEmpty() ? null : all.remove(new Identity(file, null));
        return left == null ? null : new SelectorKey(file, left.fd(), left.events(), null);
    }

    void clear() {
        all.clear();
    }

    private void forgetCollected() {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            all.remove(gone);
        }
    }
}
