package dev.hawser.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/** Remembers what was open and alive when a test class began, and at its end fails if there is more. */
final class LeakWatch implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long the reports of lost sockets may take after a garbage collection. */
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String testClass;
    private final long patienceNanos;
    private final Map<Integer, String> descriptorsBefore;
    private final Set<Thread> threadsBefore;

    private record Leaks(Map<Integer, String> descriptors, Set<Thread> threads) {

        boolean isEmpty() {
            return descriptors.isEmpty() && threads.isEmpty();
        }
    }

    private LeakWatch(String testClass, long patienceMillis) {
        this.testClass = testClass;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        this.descriptorsBefore = OpenDescriptors.snapshot();
        this.threadsBefore = LiveThreads.snapshot();
    }

    static LeakWatch begin(String testClass, long patienceMillis) {
        JdkPollers.start();
        LostSockets.take(); // what an earlier class lost is told of that class, by its descriptors
        return new LeakWatch(testClass, patienceMillis);
    }

    @Override
    public void close() {
        Leaks leaks = awaitNone(patienceNanos);
        List<LogRecord> lost = new ArrayList<>(LostSockets.take());
        if (leaks.isEmpty() && lost.isEmpty()) {
            return;
        }
        String message = describe(leaks);
        if (!leaks.descriptors().isEmpty()) {
            // Only now: a collection closes lost sockets, and so would hide the leak; here it tells who opened them.
            System.gc();
            awaitNone(Math.min(REPORT_NANOS, patienceNanos));
            lost.addAll(LostSockets.take());
        }
        throw new AssertionError(message + describe(lost));
    }

    private Leaks awaitNone(long nanos) {
        long start = System.nanoTime();
        Leaks leaks = find();
        while (!(leaks.isEmpty() && LostSockets.isIdle()) && System.nanoTime() - start < nanos) {
            LockSupport.parkNanos(PAUSE_NANOS);
            leaks = find();
        }
        return leaks;
    }

    private Leaks find() {
        Map<Integer, String> descriptors = OpenDescriptors.snapshot();
        descriptors.entrySet().removeAll(descriptorsBefore.entrySet());
        if (descriptors.values().stream().anyMatch(OpenDescriptors::isEventPoll)) {
            descriptors.keySet().removeAll(HawserPollers.descriptors());
        }
        Set<Thread> threads = LiveThreads.snapshot();
        threads.removeAll(threadsBefore);
        return new Leaks(descriptors, threads);
    }

    private String describe(Leaks leaks) {
        StringBuilder text = new StringBuilder(testClass)
                .append(" leaks ")
                .append(leaks.descriptors().size())
                .append(" descriptor(s) and ")
                .append(leaks.threads().size())
                .append(" thread(s)");
        leaks.descriptors()
                .forEach((fd, target) ->
                        text.append("\n  descriptor ").append(fd).append(" -> ").append(SocketInodes.describe(target)));
        leaks.threads().forEach(thread -> text.append("\n  ").append(LiveThreads.describe(thread)));
        return text.toString();
    }

    private static String describe(List<LogRecord> lost) {
        return lost.stream()
                .map(report -> "\n  " + LostSockets.describe(report))
                .collect(Collectors.joining());
    }
}
