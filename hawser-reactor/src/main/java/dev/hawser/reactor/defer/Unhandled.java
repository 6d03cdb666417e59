package dev.hawser.reactor.defer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.Cleaner.Cleanable;
import org.jspecify.annotations.Nullable;

/** A failure that nobody has seen so far: reported when the chain that has come to it is collected. */
final class Unhandled implements Runnable {

    private static final Logger LOG = System.getLogger("dev.hawser.reactor.defer");

    /** What stands for a failure that need not be watched. */
    static final Unhandled NONE = new Unhandled(new Throwable(), null, null);

    private static final Cleaner CLEANER = Cleaner.create();

    private final Throwable cause;
    private final @Nullable Object made;
    private final @Nullable Object fired;
    private @Nullable Cleanable cleanable;
    private volatile boolean forgotten;

    private Unhandled(Throwable cause, @Nullable Object made, @Nullable Object fired) {
        this.cause = cause;
        this.made = made;
        this.fired = fired;
    }

    static Unhandled watch(Chain chain, Throwable cause, @Nullable Object made, @Nullable Object fired) {
        Unhandled watched = new Unhandled(cause, made, fired);
        watched.cleanable = CLEANER.register(chain, watched);
        return watched;
    }

    void forget() {
        forgotten = true;
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    @Override
    public void run() {
        if (!forgotten) {
            LOG.log(
                    Level.ERROR,
                    "a Deferred failed, and nobody looked" + Origin.madeAt(made) + Origin.firedAt(fired),
                    cause);
        }
    }
}
