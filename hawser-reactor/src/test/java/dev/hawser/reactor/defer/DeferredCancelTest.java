package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeferredCancelTest {

    private final List<Object> made = new ArrayList<>();
    private final ManualClock clock = new ManualClock();

    @Test
    void withoutACancellerItFailsAndOneLateResultIsSwallowed() {
        Deferred<Integer> deferred = new Deferred<>();
        deferred.cancel();
        assertThat(Outcomes.now(deferred)).isInstanceOf(CancelledException.class);
        deferred.callback(1);
        assertThatThrownBy(() -> deferred.callback(2)).isInstanceOf(AlreadyCalledException.class);
    }

    @Test
    void oneLateFailureIsSwallowedToo() {
        Deferred<Integer> deferred = new Deferred<>();
        deferred.cancel();
        deferred.cancel();
        deferred.errback(new Exception("late"));
        assertThat(Outcomes.now(deferred)).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> deferred.callback(2)).isInstanceOf(AlreadyCalledException.class);
    }

    @Test
    void theCancellerGetsTheDeferredOnce() {
        Deferred<Integer> deferred = new Deferred<>(made::add);
        deferred.cancel();
        deferred.cancel();
        assertThat(made).containsExactly(deferred);
        assertThat(Outcomes.now(deferred)).isInstanceOf(CancelledException.class);
    }

    @Test
    void withACancellerALateResultIsRefused() {
        Deferred<Integer> deferred = new Deferred<>(made::add);
        deferred.cancel();
        assertThatThrownBy(() -> deferred.callback(1)).isInstanceOf(AlreadyCalledException.class);
        Outcomes.of(deferred);
    }

    @Test
    void theCancellerMayFireItWithAResult() {
        Deferred<Integer> deferred = new Deferred<>(cancelled -> cancelled.callback(5));
        deferred.cancel();
        assertThat(Outcomes.now(deferred)).isEqualTo(5);
    }

    @Test
    void theCancellerMayFireItWithAFailure() {
        Exception own = new Exception("own");
        Deferred<Integer> deferred = new Deferred<>(cancelled -> cancelled.errback(own));
        deferred.cancel();
        assertThat(Outcomes.now(deferred)).isSameAs(own);
    }

    @Test
    void whatTheCancellerThrowsIsSuppressedInTheCancellation() {
        RuntimeException broken = new RuntimeException("broken");
        Deferred<Integer> deferred = new Deferred<>(cancelled -> {
            throw broken;
        });
        deferred.cancel();
        assertThat((Throwable) Outcomes.now(deferred))
                .isInstanceOf(CancelledException.class)
                .hasSuppressedException(broken);
    }

    @Test
    void oneThatHasFiredIsLeftAlone() {
        Deferred<Integer> succeeded = new Deferred<>(made::add);
        succeeded.callback(1);
        succeeded.cancel();
        Deferred<Integer> failed = new Deferred<>(made::add);
        Exception failure = new Exception("before");
        failed.errback(failure);
        failed.cancel();
        assertThat(made).isEmpty();
        assertThat(Outcomes.now(succeeded)).isEqualTo(1);
        assertThat(Outcomes.now(failed)).isSameAs(failure);
    }

    @Test
    void oneThatWaitsForAnotherCancelsThat() {
        Deferred<Integer> inner = new Deferred<>(made::add);
        Deferred<Integer> outer = Deferred.succeed(1).thenCompose(n -> inner);
        outer.cancel();
        assertThat(made).containsExactly(inner);
        assertThat(Outcomes.now(outer)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aResultInTimeIsNoTimeout() {
        Deferred<Integer> deferred = new Deferred<Integer>().addTimeout(Duration.ofSeconds(10), clock);
        List<Object> seen = Outcomes.of(deferred);
        deferred.callback(1);
        assertThat(seen).containsExactly(1);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void aFailureInTimeIsNoTimeout() {
        Exception failure = new Exception("in time");
        Deferred<Integer> deferred = new Deferred<Integer>().addTimeout(Duration.ofSeconds(10), clock);
        List<Object> seen = Outcomes.of(deferred);
        deferred.errback(failure);
        assertThat(seen).containsExactly(failure);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void aTimeoutCancelsAndFailsWithTheTime() {
        Deferred<Integer> deferred = new Deferred<Integer>(made::add).addTimeout(Duration.ofSeconds(10), clock);
        clock.advanceSeconds(9);
        assertThat(made).isEmpty();
        clock.advanceSeconds(1);
        assertThat(made).containsExactly(deferred);
        assertThat((Throwable) Outcomes.now(deferred))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("PT10S")
                .hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void aCancellerThatFiresInTimeoutHasTheLastWord() {
        Deferred<Integer> deferred =
                new Deferred<Integer>(cancelled -> cancelled.callback(7)).addTimeout(Duration.ofSeconds(10), clock);
        clock.advanceSeconds(10);
        assertThat(Outcomes.now(deferred)).isEqualTo(7);
    }

    @Test
    void anErrbackBeforeTheTimeoutSeesTheCancellation() {
        Deferred<Integer> deferred = new Deferred<Integer>()
                .addErrback(failure -> made.add(failure) ? 3 : 0)
                .addTimeout(Duration.ofSeconds(10), clock);
        clock.advanceSeconds(10);
        assertThat(Outcomes.now(deferred)).isEqualTo(3);
        assertThat(made).hasOnlyElementsOfType(CancelledException.class);
    }

    @Test
    void cancellingBeforeTheTimeoutIsACancellation() {
        Deferred<Integer> deferred = new Deferred<Integer>().addTimeout(Duration.ofSeconds(10), clock);
        deferred.cancel();
        assertThat(Outcomes.now(deferred)).isInstanceOf(CancelledException.class);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void ofTwoTimeoutsTheShorterCounts() {
        Deferred<Integer> deferred = new Deferred<Integer>()
                .addTimeout(Duration.ofSeconds(10), clock)
                .addTimeout(Duration.ofSeconds(5), clock);
        clock.advanceSeconds(5);
        assertThat((Throwable) Outcomes.now(deferred))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("PT5S");
        assertThat(clock.pending()).isZero();
    }

    /** Nothing will ever come of them; but to cancel one must not take for ever. */
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void thoseThatWaitForOneAnotherInACircleAreFoundOut() {
        Deferred<Integer> one = new Deferred<>();
        Deferred<Integer> other = new Deferred<>();
        Deferred<Integer> outside = Deferred.succeed(0);
        one.thenCompose(n -> other);
        other.thenCompose(n -> one);
        outside.thenCompose(n -> one);
        one.callback(1);
        other.callback(1);
        assertThatThrownBy(one::cancel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one another");
        assertThatThrownBy(outside::cancel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one another");
    }

    @Test
    void theTimeoutOfOneThatWasMadeOfAFutureIsATimeoutWhoeverOwnsIt() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        Deferred<Integer> deferred = Deferred.fromCompletableFuture(future, Runnable::run);
        List<Object> seen = Outcomes.of(deferred.addTimeout(Duration.ofSeconds(1), clock));
        clock.advanceSeconds(1);
        assertThat(future).isCancelled();
        assertThat(seen).hasSize(1).hasOnlyElementsOfType(TimeoutException.class);
    }
}
