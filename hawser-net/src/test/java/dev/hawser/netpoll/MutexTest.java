package dev.hawser.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MutexTest {

    private static final int BUSY = -11;

    private final Handle owner = Handle.open(new FakeCalls(), FakeCalls.FD);

    private final Mutex mutex = new Mutex();
    private final Crew crew = new Crew();

    /** Not volatile: only the mutex makes it come out right. */
    private int entered;

    @AfterEach
    void closeTheOwner() {
        owner.close(false);
    }

    @Test
    void letsThemInInTheOrderInWhichTheyCame() throws Exception {
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        assertThat(mutex.lock(owner, Deadline.NEVER, BUSY)).isEqualTo(Outcome.READY);
        for (int i = 0; i < 6; i++) {
            int number = i;
            crew.add(() -> {
                        int outcome = mutex.lock(owner, Deadline.NEVER, BUSY);
                        order.add(number);
                        mutex.unlock();
                        return outcome;
                    })
                    .awaitParkedOn(mutex);
        }
        mutex.unlock();
        crew.join();
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whoMustNotWaitIsToldThatItIsBusy() {
        assertThat(mutex.lock(owner, Deadline.NOW, BUSY)).isEqualTo(Outcome.READY);
        assertThat(mutex.lock(owner, Deadline.NOW, BUSY)).isEqualTo(BUSY);
        mutex.unlock();
        assertThat(mutex.lock(owner, Deadline.NOW, BUSY)).isEqualTo(Outcome.READY);
    }

    /** The wake-up may go to one who is about to give up: that one passes it on. */
    @Test
    void whoGivesUpDoesNotStopThoseBehind() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Crew two = new Crew();
            assertThat(mutex.lock(owner, Deadline.NEVER, BUSY)).isEqualTo(Outcome.READY);
            two.add(() -> lockAndUnlock(Deadline.NEVER)).awaitParkedOn(mutex);
            two.add(() -> lockAndUnlock(Deadline.NEVER)).awaitParkedOn(mutex);
            two.interrupt(0);
            for (int pause = i % 300 * 5; pause > 0; pause--) {
                Thread.onSpinWait();
            }
            mutex.unlock();
            two.join();
        }
    }

    @Test
    void closingTheOwnerEndsTheQueueAndNobodyElses() throws Exception {
        Handle other = owner.share();
        AtomicInteger closed = new AtomicInteger();
        assertThat(mutex.lock(other, Deadline.NEVER, BUSY)).isEqualTo(Outcome.READY);
        for (int i = 0; i < 10; i++) {
            Handle through = i % 2 == 0 ? owner : other;
            crew.add(() -> {
                int outcome = mutex.lock(through, Deadline.NEVER, BUSY);
                if (outcome == Outcome.READY) {
                    mutex.unlock();
                }
                return closed.addAndGet(outcome == Outcome.CLOSED ? 1 : 0);
            });
            crew.awaitParkedOn(mutex);
        }
        owner.close(false);
        mutex.wakeAll();
        Awaitility.await().pollInSameThread().until(() -> closed.get() == 5);
        mutex.unlock();
        crew.join();
        assertThat(closed).hasValue(5);
        other.close(false);
    }

    /** Threads that come, give up at any moment, and are interrupted, all at once: one at a time, and none is left. */
    @Test
    void oneAtATimeAndNobodyIsForgotten() throws Exception {
        int threads = 8;
        int times = 4000;
        AtomicInteger successes = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(i);
            crew.add(() -> {
                for (int n = 0; n < times; n++) {
                    successes.addAndGet(enter(deadline(random)));
                }
                return "done";
            });
        }
        SplittableRandom random = new SplittableRandom(99);
        while (!crew.isDone()) {
            crew.interrupt(random.nextInt(threads));
            for (int pause = random.nextInt(20_000); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
        crew.join();
        assertThat(mutex.lock(owner, Deadline.NOW, BUSY)).isEqualTo(Outcome.READY);
        assertThat(entered).isEqualTo(successes.get()).isGreaterThan(times);
    }

    private static long deadline(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> Deadline.NEVER;
            case 1 -> Deadline.NOW;
            default -> Deadline.after(1 + random.nextInt(50_000));
        };
    }

    private int enter(long deadline) {
        int outcome = mutex.lock(owner, deadline, BUSY);
        if (outcome == Outcome.READY) {
            int before = entered;
            for (int i = 0; i < 20; i++) {
                Thread.onSpinWait();
            }
            entered = before + 1;
            mutex.unlock();
            return 1;
        }
        if (outcome == Outcome.INTERRUPTED) {
            assertThat(Thread.interrupted()).isTrue();
        }
        return 0;
    }

    private int lockAndUnlock(long deadline) {
        int outcome = mutex.lock(owner, deadline, BUSY);
        if (outcome == Outcome.READY) {
            mutex.unlock();
        }
        return outcome;
    }
}
