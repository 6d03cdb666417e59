package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallQueueTest {

    private final CallQueue queue = new CallQueue();

    private static int runAll(CallQueue.Queued first) {
        int count = 0;
        for (CallQueue.Queued each = first; each != null; each = each.next()) {
            each.call().run();
            count++;
        }
        return count;
    }

    @Test
    void onlyTheFirstIsToldToWakeTheLoop() {
        assertThat(queue.add(() -> {})).isTrue();
        assertThat(queue.add(() -> {})).isFalse();
        assertThat(runAll(queue.takeAll())).isEqualTo(2);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.takeAll()).isNull();
        assertThat(queue.add(() -> {})).isTrue();
    }

    @Test
    void whatIsAddedByACallIsNotTakenWithIt() {
        List<String> made = new ArrayList<>();
        queue.add(() -> {
            made.add("first");
            queue.add(() -> made.add("third"));
        });
        queue.add(() -> made.add("second"));
        runAll(queue.takeAll());
        assertThat(made).containsExactly("first", "second");
        runAll(queue.takeAll());
        assertThat(made).containsExactly("first", "second", "third");
    }

    @Test
    void aSealedQueueTakesNoMoreAndGivesWhatItHad() {
        queue.add(() -> {});
        assertThat(runAll(queue.seal())).isEqualTo(1);
        assertThatThrownBy(() -> queue.add(() -> {})).isInstanceOf(IllegalStateException.class);
        assertThat(queue.seal()).isNull();
    }

    /** The consumer sleeps when it finds nothing, until somebody is told to wake it: a wake-up that were missing would be seen. */
    @Test
    void whoeverAddsTogetherNothingIsLostAndEachThreadKeepsItsOrder() throws Exception {
        int threads = 4;
        int each = 20_000;
        Semaphore wakeUps = new Semaphore(0);
        int[] next = new int[threads];
        AtomicInteger disorder = new AtomicInteger();
        List<Thread> producers = IntStream.range(0, threads)
                .mapToObj(mine -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        int number = i;
                        boolean first = queue.add(() -> {
                            if (next[mine]++ != number) {
                                disorder.incrementAndGet();
                            }
                        });
                        if (first) {
                            wakeUps.release();
                        }
                    }
                }))
                .toList();
        int taken = 0;
        while (taken < threads * each) {
            assertThat(wakeUps.tryAcquire(30, TimeUnit.SECONDS))
                    .as("a wake-up after %s calls", taken)
                    .isTrue();
            taken += runAll(queue.takeAll());
        }
        for (Thread producer : producers) {
            producer.join();
        }
        assertThat(next).isEqualTo(Arrays.stream(next).map(_ -> each).toArray());
        assertThat(disorder).hasValue(0);
    }
}
