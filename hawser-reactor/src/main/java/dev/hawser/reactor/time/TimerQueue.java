package dev.hawser.reactor.time;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are to be made later, in the order of their times, and of those of one time in the order in which they were asked for: what a
 * reactor has, and a clock that is moved by hand. To add, to cancel and to move a call costs O(log n); one that was cancelled is forgotten at once.
 *
 * <h2>Threading</h2>
 * For one thread at a time, and so are the calls that {@link #add} returns.
 *
 * <p>Source: Twisted's {@code ReactorBase.callLater} and {@code DelayedCall}.
 *
 * {@snippet file="dev/hawser/reactor/time/TimerQueueTest.java" region="clock"}
 */
public final class TimerQueue {

    /** Times are compared by their distance, which must fit in a long: 146 years. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    /** So that the distance of any two is one. */
    private static final long LONGEST_AGO_NANOS = Long.MAX_VALUE / 4;

    private static final Duration LONGEST = Duration.ofNanos(LONGEST_NANOS);
    private static final int FIRST_ROOM = 16;

    private final LongSupplier clock;
    private final Runnable guard;

    /** A binary heap: none is before its parent, which is at half its index. The first is at 1. */
    private @Nullable Timer[] heap = new @Nullable Timer[FIRST_ROOM];

    private int size;
    private long added;

    /**
     * A queue without calls.
     *
     * @param clock tells the time in nanoseconds, as {@link System#nanoTime}
     */
    public TimerQueue(LongSupplier clock) {
        this(clock, () -> {});
    }

    /**
     * A queue without calls, that belongs to a thread.
     *
     * @param clock tells the time in nanoseconds, as {@link System#nanoTime}
     * @param guard is called before each change, and refuses a wrong thread by throwing
     */
    public TimerQueue(LongSupplier clock, Runnable guard) {
        this.clock = clock;
        this.guard = guard;
    }

    /**
     * Adds a call.
     *
     * @param delay how long from now; more than 146 years are as many
     * @param call what to call
     * @return the call, to be cancelled or moved
     * @throws IllegalArgumentException if the delay is negative
     */
    public DelayedCall add(Duration delay, Runnable call) {
        guard.run();
        Timer timer = new Timer(this, call, timeAfter(delay));
        insert(timer);
        return timer;
    }

    private long timeAfter(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException(
                    "a delay is not negative: " + delay + "; Duration.ZERO is the next turn");
        }
        return clock.getAsLong() + nanos(delay);
    }

    /** No further from now than a delay may be, and half of that ago. */
    private long timeFrom(long time, Duration more) {
        long now = clock.getAsLong();
        long nanos = more.isNegative() ? -nanos(more.negated()) : nanos(more);
        long distance = time - now + nanos;
        return now + Math.clamp(distance, -LONGEST_AGO_NANOS, LONGEST_NANOS);
    }

    private static long nanos(Duration delay) {
        return delay.compareTo(LONGEST) < 0 ? delay.toNanos() : LONGEST_NANOS;
    }

    /**
     * Whether there is none.
     *
     * @return true when nothing is to be called
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * How many calls there are.
     *
     * @return the number of those that are to be made
     */
    public int size() {
        return size;
    }

    /**
     * The time of the next call.
     *
     * @return as {@link DelayedCall#timeNanos} of the first; {@link Long#MAX_VALUE} where there is none
     */
    public long nextNanos() {
        return size == 0 ? Long.MAX_VALUE : at(1).time;
    }

    /**
     * What numbers the calls: one that is added or moved from now on gets this number or a later one.
     *
     * @return the number of the next call
     */
    public long mark() {
        return added;
    }

    /**
     * Takes the first call, if its time has come: it is made then, and the caller makes it.
     *
     * @param nowNanos the time
     * @param mark of {@link #mark}: calls that were added later wait for the next turn; {@link Long#MAX_VALUE}: they do not
     * @return the call; null where none is due
     */
    public @Nullable Timer takeDue(long nowNanos, long mark) {
        if (size == 0) {
            return null;
        }
        Timer first = at(1);
        if (first.time - nowNanos > 0 || first.number >= mark) {
            return null;
        }
        delete(first);
        return first;
    }

    /**
     * All calls that are to be made.
     *
     * @return those of now, in the order in which they will be made
     */
    public List<DelayedCall> pending() {
        return Arrays.stream(heap, 1, size + 1)
                .map(Timer.class::cast)
                .sorted(Comparator.comparingLong((Timer timer) -> timer.time - at(1).time)
                        .thenComparingLong(timer -> timer.number))
                .map(DelayedCall.class::cast)
                .toList();
    }

    /** Forgets all calls. They are as cancelled. */
    public void clear() {
        for (int i = 1; i <= size; i++) {
            at(i).index = 0;
            heap[i] = null;
        }
        size = 0;
    }

    @SuppressWarnings("NullAway") // from 1 to size there is one
    private Timer at(int index) {
        return heap[index];
    }

    private void insert(Timer timer) {
        timer.number = added++;
        if (size + 1 == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heap.length);
        }
        rise(timer, ++size);
    }

    private void delete(Timer timer) {
        int hole = timer.index;
        timer.index = 0;
        Timer last = at(size);
        heap[size--] = null;
        if (last != timer) {
            fit(last, hole);
        }
        if (heap.length > FIRST_ROOM && size < heap.length / 8) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    private void fit(Timer timer, int hole) {
        if (hole > 1 && timer.isBefore(at(hole / 2))) {
            rise(timer, hole);
        } else {
            sink(timer, hole);
        }
    }

    private void rise(Timer timer, int from) {
        int index = from;
        while (index > 1 && timer.isBefore(at(index / 2))) {
            put(at(index / 2), index);
            index /= 2;
        }
        put(timer, index);
    }

    private void sink(Timer timer, int from) {
        int index = from;
        while (2 * index <= size) {
            int child = 2 * index;
            if (child < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(timer)) {
                break;
            }
            put(at(child), index);
            index = child;
        }
        put(timer, index);
    }

    private void put(Timer timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }

    private void move(Timer timer, long time) {
        delete(timer);
        timer.time = time;
        insert(timer);
    }

    /** A call of a queue. */
    public static final class Timer implements DelayedCall {

        private final TimerQueue queue;
        private final Runnable call;
        private long time;
        private long number;

        /** Where it is in the heap; 0 where it is not any more. */
        private int index;

        private Timer(TimerQueue queue, Runnable call, long time) {
            this.queue = queue;
            this.call = call;
            this.time = time;
        }

        /**
         * What to call.
         *
         * @return the call
         */
        public Runnable call() {
            return call;
        }

        @Override
        public long timeNanos() {
            return time;
        }

        @Override
        public void cancel() {
            requireActive("cancel");
            queue.delete(this);
        }

        @Override
        public void reset(Duration delay) {
            requireActive("reset");
            queue.move(this, queue.timeAfter(delay));
        }

        @Override
        public void delay(Duration more) {
            requireActive("delay");
            queue.move(this, queue.timeFrom(time, more));
        }

        @Override
        public boolean isActive() {
            return index > 0;
        }

        private void requireActive(String operation) {
            queue.guard.run();
            if (index == 0) {
                throw new IllegalStateException(
                        operation + ": the call was made or cancelled already; ask isActive() first: " + this);
            }
        }

        private boolean isBefore(Timer other) {
            long distance = time - other.time;
            return distance < 0 || (distance == 0 && number < other.number);
        }

        @Override
        public String toString() {
            return "DelayedCall[" + call + (isActive() ? "]" : ", not active]");
        }
    }
}
