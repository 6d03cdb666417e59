package dev.hawser.socketserver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Time passes when the test says so. */
final class ManualTimers implements PoolTimers {

    /** The number tells two of the same time apart. */
    private record Timer(int number, Duration due, Runnable task) {}

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private int made;
    private Duration now = Duration.ZERO;
    boolean closed;

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Timer timer = new Timer(made++, now.plus(delay), task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public synchronized void close() {
        closed = true;
        timers.clear();
    }

    private synchronized Optional<Runnable> nextTask() {
        return Optional.ofNullable(tasks.poll());
    }

    private synchronized Optional<Timer> nextTimer(Duration until) {
        Optional<Timer> next = timers.stream()
                .filter(timer -> timer.due().compareTo(until) <= 0)
                .min(Comparator.comparing(Timer::due));
        next.ifPresent(timers::remove);
        return next;
    }

    /** What was to be done at once. */
    void run() {
        for (Optional<Runnable> task = nextTask(); task.isPresent(); task = nextTask()) {
            task.get().run();
        }
    }

    /** And all that is due by then, in its order. */
    void pass(Duration time) {
        run();
        Duration until = now.plus(time);
        for (Optional<Timer> timer = nextTimer(until); timer.isPresent(); timer = nextTimer(until)) {
            now = timer.get().due();
            timer.get().task().run();
            run();
        }
        now = until;
    }

    synchronized int count() {
        return timers.size();
    }
}
