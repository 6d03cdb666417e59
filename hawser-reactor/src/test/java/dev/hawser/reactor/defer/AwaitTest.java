package dev.hawser.reactor.defer;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.RunningReactor;
import dev.hawser.testkit.Tasks;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AwaitTest {

    private final IOException broken = new IOException("broken");

    @Test
    void awaitReturnsTheResultThatIsThere() throws Exception {
        assertThat(Deferred.succeed(1).await()).isEqualTo(1);
    }

    @Test
    void awaitParksUntilItFires() throws Exception {
        Deferred<Integer> deferred = new Deferred<>();
        Tasks<Integer> waiting = Tasks.start(deferred::await).awaitParked();
        deferred.callback(1);
        assertThat(waiting.result()).isEqualTo(1);
    }

    @Test
    void manyMayAwaitTheSame() throws Exception {
        Deferred<Integer> deferred = new Deferred<>();
        Tasks<Integer> one = Tasks.start(deferred::await).awaitParked();
        Tasks<Integer> two = Tasks.start(deferred::await).awaitParked();
        deferred.callback(1);
        assertThat(one.result()).isEqualTo(two.result()).isEqualTo(1);
        assertThat(deferred.await()).isEqualTo(1);
    }

    @Test
    void theFailureIsThrownWithTheStackOfTheThreadThatAwaited() throws Exception {
        Deferred<Integer> deferred = new Deferred<>();
        Tasks<Integer> waiting = Tasks.start(() -> awaited(deferred)).awaitParked();
        deferred.errback(broken);
        assertThatThrownBy(waiting::result).satisfies(thrown -> {
            Throwable failure = thrown instanceof IOException ? thrown : thrown.getCause();
            assertThat(failure).isSameAs(broken);
            assertThat(Arrays.stream(failure.getSuppressed())
                            .flatMap(each -> Arrays.stream(each.getStackTrace()))
                            .map(StackTraceElement::getMethodName))
                    .contains("awaited");
        });
    }

    private static Integer awaited(Deferred<Integer> deferred) throws Exception {
        return deferred.await();
    }

    @Test
    void anInterruptEndsTheWaitAndNotTheDeferred() throws Exception {
        Deferred<Integer> deferred = new Deferred<>();
        Tasks<Integer> waiting = Tasks.start(deferred::await).awaitParked();
        waiting.interrupt();
        assertThatThrownBy(waiting::result)
                .satisfies(thrown -> assertThat(thrown instanceof InterruptedException
                                || thrown.getCause() instanceof InterruptedException)
                        .isTrue());
        deferred.callback(1);
        assertThat(deferred.await()).isEqualTo(1);
    }

    @Test
    void aThreadThatWaitsNeverRunsTheCallbacksOfTheOwner() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            Deferred<Integer> deferred = new Deferred<>();
            Thread[] ranIn = new Thread[1];
            Tasks<Integer> waiting = Tasks.start(deferred::await).awaitParked();
            running.run(() -> {
                deferred.addBoth(outcome -> ranIn[0] = Thread.currentThread());
                deferred.callback(1);
            });
            assertThat(waiting.result()).isEqualTo(1);
            assertThat(ranIn[0]).isSameAs(running.thread());
        }
    }

    @Test
    void awaitInAReactorsThreadIsRefused() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            assertThatThrownBy(() -> running.call(() -> new Deferred<Integer>().await()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("virtual thread");
        }
        assertThat(LoopThreads.isCurrent()).isFalse();
    }

    @Test
    void ofTwoLoopsInOneThreadTheInnerLeavesTheOuter() {
        LoopThreads.enter();
        LoopThreads.enter();
        LoopThreads.leave();
        assertThat(LoopThreads.isCurrent()).isTrue();
        LoopThreads.leave();
        assertThat(LoopThreads.isCurrent()).isFalse();
    }

    @Test
    void aFutureCompletesWithTheResult() {
        Deferred<Integer> deferred = new Deferred<>();
        CompletableFuture<Integer> future = deferred.toCompletableFuture();
        assertThat(future).isNotDone();
        deferred.callback(1);
        assertThat(future).isCompletedWithValue(1);
        assertThat(Outcomes.now(deferred)).isEqualTo(1);
    }

    @Test
    void aFutureFailsWithTheFailure() {
        assertThat(Deferred.fail(broken).toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(Deferred.fail(broken).toCompletableFuture()::join).hasCause(broken);
    }

    @Test
    void cancellingTheFutureCancelsTheDeferredInItsThread() {
        Deferred<Integer> deferred = new Deferred<>();
        Deque<Runnable> owner = new ArrayDeque<>();
        CompletableFuture<Integer> future = deferred.toCompletableFuture(owner::add);
        future.cancel(false);
        assertThat(deferred.isCalled()).isFalse();
        owner.remove().run();
        assertThat(Outcomes.now(deferred)).isInstanceOf(CancelledException.class);
    }

    @Test
    void cancellingAFutureThatIsDoneCancelsNothing() {
        Deferred<Integer> deferred = Deferred.succeed(1);
        assertThat(deferred.toCompletableFuture().cancel(false)).isFalse();
    }

    @Test
    void aDeferredOfAFutureFiresInItsOwnersThread() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        Deque<Runnable> owner = new ArrayDeque<>();
        Deferred<Integer> deferred = Deferred.fromCompletableFuture(future, owner::add);
        future.complete(1);
        assertThat(deferred.isCalled()).isFalse();
        owner.remove().run();
        assertThat(Outcomes.now(deferred)).isEqualTo(1);
    }

    @Test
    void aDeferredOfAFutureFailsWithItsFailureAndNotWithAWrapper() {
        CompletableFuture<Integer> future = CompletableFuture.supplyAsync(
                () -> {
                    throw new IllegalStateException("inside");
                },
                Runnable::run);
        assertThat(Outcomes.now(Deferred.fromCompletableFuture(future, Runnable::run)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancellingTheDeferredCancelsTheFuture() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        Deferred<Integer> deferred = Deferred.fromCompletableFuture(future, Runnable::run);
        deferred.cancel();
        assertThat(future).isCancelled();
        assertThat((Throwable) Outcomes.now(deferred)).isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void coroutineStyleReadsFromTopToBottom() throws Exception {
        try (RunningReactor running = RunningReactor.open()) {
            Deferred<Integer> first = new Deferred<>();
            Deferred<Integer> second = new Deferred<>();
            Tasks<List<Integer>> coroutine = Tasks.start(() -> List.of(first.await(), second.await()));
            running.run(() -> {
                second.callback(2);
                first.callback(1);
            });
            eventually().until(coroutine::isDone);
            assertThat(coroutine.result()).containsExactly(1, 2);
        }
    }
}
