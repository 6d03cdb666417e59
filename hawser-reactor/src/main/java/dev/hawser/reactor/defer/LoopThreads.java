package dev.hawser.reactor.defer;

/**
 * Which threads run a loop: they may not wait for a {@link Deferred}, because they would have to fire it.
 *
 * <p>For those who write a loop; a {@code Reactor} does it by itself.
 */
public final class LoopThreads {

    private static final ThreadLocal<Integer> LOOPS = ThreadLocal.withInitial(() -> 0);

    private LoopThreads() {}

    /** The calling thread runs a loop from now on; maybe one more. */
    public static void enter() {
        LOOPS.set(LOOPS.get() + 1);
    }

    /** The calling thread runs that loop no longer. */
    public static void leave() {
        int left = LOOPS.get() - 1;
        if (left > 0) {
            LOOPS.set(left);
        } else {
            LOOPS.remove();
        }
    }

    /**
     * Whether the calling thread runs a loop.
     *
     * @return true between {@link #enter} and {@link #leave}
     */
    public static boolean isCurrent() {
        return LOOPS.get() > 0;
    }

    static void checkMayWait() {
        if (isCurrent()) {
            throw new IllegalStateException(
                    "await() in a reactor's thread, which would wait for itself: add a callback,"
                            + " or wait in a virtual thread (reactor.callInThread)");
        }
    }
}
