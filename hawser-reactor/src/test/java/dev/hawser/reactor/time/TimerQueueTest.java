package dev.hawser.reactor.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {

    private final List<String> made = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5; // System.nanoTime may be anything, and goes over the edge
    private final TimerQueue queue = new TimerQueue(() -> now);

    private DelayedCall add(long nanos, String name) {
        return queue.add(Duration.ofNanos(nanos), () -> made.add(name));
    }

    // @start region="clock"
    private void advance(long nanos) {
        now += nanos;
        long mark = queue.mark();
        for (TimerQueue.Timer due = queue.takeDue(now, mark); due != null; due = queue.takeDue(now, mark)) {
            due.call().run();
        }
    }
    // @end

    @Test
    void callsAreMadeInTheOrderOfTheirTimesAndNotBefore() {
        add(30, "c");
        add(10, "a");
        add(20, "b");
        advance(9);
        assertThat(made).isEmpty();
        advance(1);
        assertThat(made).containsExactly("a");
        advance(100);
        assertThat(made).containsExactly("a", "b", "c");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void callsOfOneTimeAreMadeInTheOrderInWhichTheyWereAskedFor() {
        IntStream.range(0, 50).forEach(i -> add(10, "" + i));
        advance(10);
        assertThat(made)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "" + i).toList());
    }

    @Test
    void aCallThatIsAddedByACallWaitsForTheNextTurn() {
        queue.add(Duration.ZERO, () -> {
            made.add("first");
            add(0, "second");
        });
        advance(0);
        assertThat(made).containsExactly("first");
        advance(0);
        assertThat(made).containsExactly("first", "second");
    }

    @Test
    void aCancelledCallIsNotMadeAndIsForgotten() {
        DelayedCall cancelled = add(10, "cancelled");
        add(10, "other");
        cancelled.cancel();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(cancelled.isActive()).isFalse();
        advance(20);
        assertThat(made).containsExactly("other");
    }

    @Test
    void aCallThatWasMadeOrCancelledCanNeitherBeCancelledNorMoved() {
        DelayedCall call = add(1, "made");
        advance(1);
        assertThat(call.isActive()).isFalse();
        assertThatThrownBy(call::cancel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("isActive");
        assertThatThrownBy(() -> call.reset(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> call.delay(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void resetCountsFromNowAndDelayFromTheTimeThatWas() {
        DelayedCall reset = add(10, "reset");
        DelayedCall delayed = add(10, "delayed");
        DelayedCall earlier = add(10, "earlier");
        long begin = now;
        advance(5);
        reset.reset(Duration.ofNanos(10));
        delayed.delay(Duration.ofNanos(10));
        earlier.delay(Duration.ofNanos(-4));
        assertThat(reset.timeNanos() - begin).isEqualTo(15);
        assertThat(delayed.timeNanos() - begin).isEqualTo(20);
        assertThat(queue.nextNanos() - begin).isEqualTo(6);
        advance(15);
        assertThat(made).containsExactly("earlier", "reset", "delayed");
    }

    @Test
    void aNegativeDelayIsRefusedAndALongOneIsFarAway() {
        assertThatThrownBy(() -> add(-1, "never"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Duration.ZERO");
        queue.add(Duration.ofSeconds(Long.MAX_VALUE), () -> made.add("never"));
        add(1, "soon");
        advance(Duration.ofDays(10_000).toNanos());
        assertThat(made).containsExactly("soon");
    }

    @Test
    void pendingCallsAreListedInTheirOrder() {
        DelayedCall late = add(20, "late");
        DelayedCall soon = add(1, "soon");
        assertThat(queue.pending()).containsExactly(soon, late);
        queue.clear();
        assertThat(queue.pending()).isEmpty();
        assertThat(late.isActive()).isFalse();
    }

    /** Against a list that is sorted each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsAddedCancelledAndMovedTheOrderIsThatOfASortedList(long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(model.entries.isEmpty() ? 2 : 6)) {
                case 0, 1 -> model.add(random.nextInt(50));
                case 2 -> model.remove(random).call.cancel();
                case 3 -> model.move(random, random.nextInt(50), true);
                case 4 -> model.move(random, random.nextInt(30) - 15, false);
                default -> model.advance(random.nextInt(20));
            }
            assertThat(queue.size()).isEqualTo(model.entries.size());
        }
        model.advance(1000);
        assertThat(queue.isEmpty()).isTrue();
    }

    private static final class Entry {
        private final String name;
        private final DelayedCall call;
        private long time;
        private long number;

        Entry(String name, DelayedCall call, long time, long number) {
            this.name = name;
            this.call = call;
            this.time = time;
            this.number = number;
        }
    }

    private final class Model {
        private final long begin = now;
        private final List<Entry> entries = new ArrayList<>();
        private int numbers;

        void add(long delay) {
            String name = "call " + numbers;
            entries.add(new Entry(name, TimerQueueTest.this.add(delay, name), now - begin + delay, numbers++));
        }

        Entry remove(Random random) {
            return entries.remove(random.nextInt(entries.size()));
        }

        void move(Random random, long nanos, boolean fromNow) {
            Entry entry = entries.get(random.nextInt(entries.size()));
            if (fromNow) {
                entry.call.reset(Duration.ofNanos(nanos));
            } else {
                entry.call.delay(Duration.ofNanos(nanos));
            }
            entry.time = (fromNow ? now - begin : entry.time) + nanos;
            entry.number = numbers++;
        }

        void advance(long nanos) {
            made.clear();
            TimerQueueTest.this.advance(nanos);
            List<Entry> due = entries.stream()
                    .filter(entry -> entry.time <= now - begin)
                    .sorted(Comparator.comparingLong((Entry entry) -> entry.time)
                            .thenComparingLong(entry -> entry.number))
                    .toList();
            assertThat(made).isEqualTo(due.stream().map(entry -> entry.name).toList());
            entries.removeAll(due);
        }
    }

    @Test
    void aCallThatIsMovedFurtherAndFurtherAwayNeverComesBeforeTheOthers() {
        add(0, "overdue");
        now += 1_000;
        DelayedCall far = queue.add(Duration.ofSeconds(Long.MAX_VALUE), () -> made.add("never"));
        for (int i = 0; i < 3; i++) {
            far.delay(Duration.ofSeconds(Long.MAX_VALUE));
        }
        assertThat(far.timeNanos() - now).isPositive();
        advance(0);
        assertThat(made).containsExactly("overdue");
        far.delay(Duration.ofSeconds(-Long.MAX_VALUE));
        far.delay(Duration.ofSeconds(-Long.MAX_VALUE));
        far.delay(Duration.ofSeconds(-Long.MAX_VALUE));
        queue.add(Duration.ofSeconds(Long.MAX_VALUE), () -> made.add("later"));
        advance(1_000);
        assertThat(made).containsExactly("overdue", "never");
    }
}
