package dev.hawser.testkit;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The platform threads of this process, without those that the JVM, the test runner and Hawser keep for themselves. */
final class LiveThreads {

    /** The JVM's own, by group: its services, cleaners and process reapers, and the carriers of virtual threads. */
    private static final Set<String> GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /** By the beginning of the name. */
    private static final Set<String> NAMES = Set.of(
            "hawser-poller", // Hawser's, for the life of the process
            "hawser-leaks",
            "ForkJoinPool.commonPool-", // the JDK's shared pool, and its timers
            "CompletableFutureDelayScheduler",
            "JFR ",
            "junit-jupiter-timeout-watcher", // the test runner's
            "surefire-");

    private static final int ROOM_FOR_MORE = 16;

    private LiveThreads() {}

    static Set<Thread> snapshot() {
        Set<Thread> threads = new HashSet<>(all());
        threads.removeIf(LiveThreads::isNobodysLeak);
        return threads;
    }

    /** Every platform thread: by the groups, because asking for all stacks would stop the whole process each time. */
    static List<Thread> all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + ROOM_FOR_MORE];
        int count = root.enumerate(threads);
        while (count == threads.length) { // what has no room is left out silently
            threads = new Thread[2 * threads.length];
            count = root.enumerate(threads);
        }
        return Arrays.asList(threads).subList(0, count);
    }

    static String describe(Thread thread) {
        String kind = thread.isDaemon() ? ", daemon)" : ")";
        return "thread \"" + thread.getName() + "\" (" + thread.getState() + kind + stack(thread.getStackTrace());
    }

    /** The frames, up to where the test runner called the test. */
    static String stack(StackTraceElement[] frames) {
        return Stream.of(frames)
                .takeWhile(frame -> !frame.getClassName().startsWith("jdk.internal.reflect."))
                .map(frame -> "\n      at " + frame)
                .collect(Collectors.joining());
    }

    private static boolean isNobodysLeak(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null // it has ended
                || GROUPS.contains(group.getName())
                || NAMES.stream().anyMatch(thread.getName()::startsWith);
    }
}
