package dev.hawser.netpoll;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who else watches a descriptor of this process by its number, and is told before the number is given back: a selector,
 * which would otherwise take the next owner of the number for the one before.
 *
 * <h2>Threading</h2>
 * Safe from any thread. Nothing is locked while a watcher is told.
 */
public final class Registrations {

    /** Is told of the end of a descriptor. */
    @FunctionalInterface
    public interface Watcher {

        /**
         * Ends the use of a number. Called by the thread that closes the descriptor, or gives it away, when nobody uses it any
         * more; the number goes back to the kernel after the return.
         *
         * @param fd the number, still open
         */
        void retire(int fd);
    }

    private static final ConcurrentHashMap<Integer, List<Watcher>> WATCHERS = new ConcurrentHashMap<>();

    private Registrations() {}

    /**
     * Has a watcher be told. A descriptor whose owner calls it open after the return is not given back before that.
     *
     * @param fd the number
     * @param watcher whom to tell
     */
    public static void add(int fd, Watcher watcher) {
        WATCHERS.merge(fd, List.of(watcher), Registrations::joined);
        // Either we see that the descriptor is closing, or whoever closes it sees the watcher.
        VarHandle.fullFence();
    }

    /**
     * Tells a watcher no more, once for each {@link #add}.
     *
     * @param fd the number
     * @param watcher whom to tell no more
     */
    public static void remove(int fd, Watcher watcher) {
        WATCHERS.computeIfPresent(fd, (_, watchers) -> without(watchers, watcher));
    }

    /** Tells those who watch the number that it is about to be given back. */
    static void retire(int fd) {
        VarHandle.fullFence();
        // Not isEmpty first: it adds up several counters, and may miss one that is there while others come and go.
        List<Watcher> watchers = WATCHERS.get(fd);
        if (watchers != null) {
            watchers.forEach(watcher -> watcher.retire(fd));
        }
    }

    private static List<Watcher> joined(List<Watcher> some, List<Watcher> more) {
        List<Watcher> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    @SuppressWarnings("NullAway") // null takes the mapping away
    private static List<Watcher> without(List<Watcher> watchers, Watcher watcher) {
        List<Watcher> rest = new ArrayList<>(watchers);
        rest.remove(watcher);
        return rest.isEmpty() ? null : List.copyOf(rest);
    }
}
