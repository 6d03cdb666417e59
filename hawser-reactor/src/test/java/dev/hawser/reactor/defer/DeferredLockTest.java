package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeferredLockTest {

    private final DeferredLock lock = new DeferredLock();
    private final DeferredSemaphore semaphore = new DeferredSemaphore(2);

    @Test
    void aFreeLockIsTakenAtOnceAndTheNextWaitsForTheRelease() {
        assertThat(Outcomes.now(lock.acquire())).isSameAs(lock);
        assertThat(lock.isLocked()).isTrue();
        List<Object> second = Outcomes.of(lock.acquire());
        assertThat(second).isEmpty();
        lock.release();
        assertThat(second).containsExactly(lock);
        lock.release();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void releaseWithoutAcquireIsRefused() {
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancellingLeavesTheQueue() {
        lock.acquire();
        Deferred<?> second = lock.acquire();
        List<Object> third = Outcomes.of(lock.acquire());
        second.cancel();
        assertThat(Outcomes.now(second)).isInstanceOf(CancelledException.class);
        lock.release();
        assertThat(third).containsExactly(lock);
    }

    @Test
    void cancellingAfterTheAcquireDoesNothing() {
        Deferred<?> held = lock.acquire();
        held.cancel();
        assertThat(lock.isLocked()).isTrue();
        assertThat(Outcomes.now(held)).isSameAs(lock);
    }

    @Test
    void runHoldsTheLockUntilTheWorkIsDone() {
        Deferred<Integer> work = new Deferred<>();
        List<Object> first = Outcomes.of(lock.run(() -> work));
        List<Object> second = Outcomes.of(lock.run(() -> Deferred.succeed(2)));
        assertThat(second).isEmpty();
        work.callback(1);
        assertThat(first).containsExactly(1);
        assertThat(second).containsExactly(2);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void runReleasesWhenTheWorkFails() {
        RuntimeException broken = new RuntimeException("broken");
        assertThat(Outcomes.now(lock.run(() -> Deferred.fail(broken)))).isSameAs(broken);
        assertThat(Outcomes.now(lock.run(() -> {
                    throw broken;
                })))
                .isSameAs(broken);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aSemaphoreLetsAsManyInAsItHasTokens() {
        semaphore.acquire();
        assertThat(Outcomes.now(semaphore.acquire())).isSameAs(semaphore);
        List<Object> third = Outcomes.of(semaphore.acquire());
        assertThat(semaphore.tokens()).isZero();
        assertThat(third).isEmpty();
        semaphore.release();
        assertThat(third).containsExactly(semaphore);
        semaphore.release();
        semaphore.release();
        assertThat(semaphore.tokens()).isEqualTo(semaphore.limit()).isEqualTo(2);
    }

    @Test
    void aSemaphoreNeedsATokenAtLeast() {
        assertThatThrownBy(() -> new DeferredSemaphore(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void aHundredThousandWhoReleaseAtOnceAreNoDepthOfTheStack() {
        lock.acquire();
        int[] served = {0};
        for (int i = 0; i < 100_000; i++) {
            lock.run(() -> Deferred.succeed(served[0]++));
        }
        lock.release();
        assertThat(served[0]).isEqualTo(100_000);
    }

    @Test
    void aQueueHandsOnInOrderToThoseWhoWaitOrCome() {
        DeferredQueue<String> queue = new DeferredQueue<>();
        List<Object> first = Outcomes.of(queue.get());
        List<Object> second = Outcomes.of(queue.get());
        queue.put("a");
        queue.put("b");
        queue.put("c");
        assertThat(first).containsExactly("a");
        assertThat(second).containsExactly("b");
        assertThat(Outcomes.now(queue.get())).isEqualTo("c");
    }

    @Test
    void aFullQueueAndTooManyWhoWaitAreRefused() {
        DeferredQueue<String> queue = new DeferredQueue<>(1, 1);
        queue.put("a");
        assertThatThrownBy(() -> queue.put("b")).isInstanceOf(QueueOverflowException.class);
        queue.get();
        queue.get();
        assertThatThrownBy(queue::get).isInstanceOf(QueueUnderflowException.class);
    }

    @Test
    void cancellingAGetTakesTheQuestionBack() {
        DeferredQueue<String> queue = new DeferredQueue<>(1, 1);
        Deferred<String> cancelled = queue.get();
        cancelled.cancel();
        assertThat(Outcomes.now(cancelled)).isInstanceOf(CancelledException.class);
        queue.put("a");
        Deferred<String> got = queue.get();
        got.cancel();
        assertThat(Outcomes.now(got)).isEqualTo("a");
    }
}
