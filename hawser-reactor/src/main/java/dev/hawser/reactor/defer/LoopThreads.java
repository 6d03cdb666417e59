package dev.hawser.reactor.defer;

/**
 * Which threads run a loop: they may not wait for a {@link Deferred}, because they would have to fire it.
 *
 * <p>For those who write a loop; a {@code Reactor} does it by itself.
 */
public final class LoopThreads {

    private static final ThreadLocal<Boolean> LOOPS = ThreadLocal.withInitial(() -> false);

    private LoopThreads() {}

    /** The calling thread runs a loop from now on. */
    public static void enter() {
        LOOPS.set(true);
    }

    /** The calling thread runs a loop no longer. */
    public static void leave() {
        LOOPS.remove();
    }

    /**
     * Whether the calling thread runs a loop.
     *
     * @return true between {@link #enter} and {@link #leave}
     */
    public static boolean isCurrent() {
        return LOOPS.get();
    }

    static void checkMayWait() {
        if (isCurrent()) {
            throw new IllegalStateException(
                    "await() in a reactor's thread, which would wait for itself: add a callback,"
                            + " or wait in a virtual thread (reactor.callInThread)");
        }
    }
}
