package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeferredTest {

    private static final int MANY = 100_000;

    private final List<Object> made = new ArrayList<>();
    private final RuntimeException broken = new RuntimeException("broken");

    @Test
    void aCallbackGetsTheResultAndTheNextWhatItReturned() {
        Deferred<String> deferred = Deferred.succeed(20).addCallback(n -> n + 1).addCallback(n -> "got " + n);
        assertThat(Outcomes.now(deferred)).isEqualTo("got 21");
    }

    @Test
    void addingReturnsTheSameObject() {
        Deferred<Integer> deferred = new Deferred<>();
        assertThat((Object) deferred.addCallback(n -> "text")).isSameAs(deferred);
    }

    @Test
    void aFailureGoesPastTheCallbacksToTheNextErrback() {
        Deferred<Integer> deferred = Deferred.<Integer>fail(broken)
                .addCallback(n -> made.add(n) ? n : 0)
                .addErrback(failure -> made.add(failure) ? 1 : 0)
                .addCallback(n -> n + 1);
        assertThat(Outcomes.now(deferred)).isEqualTo(2);
        assertThat(made).containsExactly(broken);
    }

    @Test
    void aCallbackThatThrowsGoesOnWithTheNextErrback() {
        Deferred<Integer> deferred = Deferred.succeed(1).addCallback(n -> {
            throw broken;
        });
        assertThat(Outcomes.now(deferred)).isSameAs(broken);
    }

    @Test
    void anErrorIsAFailureToo() {
        Deferred<Integer> deferred = Deferred.succeed(1).addCallback(n -> {
            throw new AssertionError("an error");
        });
        assertThat(Outcomes.now(deferred)).isInstanceOf(AssertionError.class);
    }

    @Test
    void anErrbackThatThrowsGoesOnWithAnotherFailure() {
        Deferred<Integer> deferred = Deferred.<Integer>fail(new Exception("first"))
                .addErrback(failure -> {
                    throw broken;
                });
        assertThat(Outcomes.now(deferred)).isSameAs(broken);
    }

    @Test
    void ofACallbackAndAnErrbackThatWereAddedTogetherOneIsCalled() {
        Deferred<String> ofResult = Deferred.succeed(1).addCallbacks(n -> "result", failure -> "failure");
        Deferred<String> ofFailure = Deferred.<Integer>fail(broken).addCallbacks(n -> "result", failure -> "failure");
        assertThat(Outcomes.now(ofResult)).isEqualTo("result");
        assertThat(Outcomes.now(ofFailure)).isEqualTo("failure");
    }

    @Test
    void addBothShowsTheOutcomeAndHandsItOn() {
        assertThat(Outcomes.now(Deferred.succeed(1).addBoth(made::add))).isEqualTo(1);
        assertThat(Outcomes.now(Deferred.fail(broken).addBoth(made::add))).isSameAs(broken);
        assertThat(made).containsExactly(new Outcome.Success<>(1), new Outcome.Failure<>(broken));
    }

    @Test
    void whatAddBothThrowsIsTheFailure() {
        Deferred<Integer> deferred = Deferred.succeed(1).addBoth(outcome -> {
            throw broken;
        });
        assertThat(Outcomes.now(deferred)).isSameAs(broken);
    }

    @Test
    void nullIsAResult() {
        Deferred<Object> deferred = new Deferred<>();
        deferred.callback(null);
        assertThat(deferred.isCalled()).isTrue();
        assertThat(Outcomes.of(deferred)).containsExactly((Object) null);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void firingTwiceIsRefused(boolean firstSucceeds, boolean secondSucceeds) {
        Deferred<Integer> deferred = new Deferred<>();
        fire(deferred, firstSucceeds);
        assertThatThrownBy(() -> fire(deferred, secondSucceeds))
                .isInstanceOf(AlreadyCalledException.class)
                .hasMessageContaining("DeferredTest.firingTwiceIsRefused");
        Outcomes.of(deferred);
    }

    private void fire(Deferred<Integer> deferred, boolean succeeds) {
        if (succeeds) {
            deferred.callback(1);
        } else {
            deferred.errback(broken);
        }
    }

    @Test
    void aCallbackAddedWhileCallbacksRunRunsAfterThoseAddedBefore() {
        Deferred<Integer> deferred = new Deferred<>();
        deferred.addBoth(outcome -> {
            made.add("first");
            deferred.addBoth(again -> made.add("third"));
            made.add("still first");
        });
        deferred.addBoth(outcome -> made.add("second"));
        deferred.callback(1);
        assertThat(made).containsExactly("first", "still first", "second", "third");
    }

    @Test
    void aCallbackAddedWhileCallbacksRunGetsWhatTheRunningOneThrows() {
        Deferred<Integer> deferred = new Deferred<>();
        deferred.addCallback(n -> {
            deferred.addErrback(failure -> made.add(failure) ? 2 : 0);
            throw broken;
        });
        deferred.callback(1);
        assertThat(made).containsExactly(broken);
    }

    @Test
    void theChainWaitsForTheDeferredThatACallbackReturns() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = Deferred.succeed(1).thenCompose(n -> inner);
        List<Object> seen = Outcomes.of(outer);
        assertThat(seen).isEmpty();
        inner.callback("inner");
        assertThat(seen).containsExactly("inner");
    }

    @Test
    void aDeferredThatHasFiredIsNotWaitedFor() {
        Deferred<Integer> inner = Deferred.succeed(2);
        assertThat(Outcomes.now(Deferred.succeed(1).thenCompose(n -> inner))).isEqualTo(2);
    }

    @Test
    void theFailureOfTheInnerDeferredIsTheOutersAndNoLongerItsOwn() {
        Deferred<Integer> inner = Deferred.fail(broken);
        assertThat(Outcomes.now(Deferred.succeed(1).thenCompose(n -> inner))).isSameAs(broken);
        assertThat(Outcomes.of(inner)).containsExactly((Object) null);
    }

    @Test
    void theFailureOfAnInnerDeferredThatComesLaterIsTheOuters() {
        Deferred<Integer> inner = new Deferred<>();
        List<Object> seen = Outcomes.of(Deferred.succeed(1).thenCompose(n -> inner));
        inner.errback(broken);
        assertThat(seen).containsExactly(broken);
    }

    @Test
    void anErrbackMayWaitForAnotherDeferred() {
        Deferred<Integer> inner = new Deferred<>();
        List<Object> seen = Outcomes.of(Deferred.<Integer>fail(broken).exceptionallyCompose(failure -> inner));
        inner.callback(3);
        assertThat(seen).containsExactly(3);
    }

    @Test
    void callbacksOfTheInnerDeferredRunInTheirOrderAroundTheOuters() {
        Deferred<String> inner = new Deferred<>();
        inner.addBoth(outcome -> made.add("inner before"));
        Deferred<String> outer = Deferred.succeed(1).thenCompose(n -> inner);
        outer.addBoth(outcome -> made.add("outer"));
        inner.addBoth(outcome -> made.add("inner after " + outcome));
        inner.callback("x");
        assertThat(made).containsExactly("inner before", "outer", "inner after Success[result=null]");
    }

    @Test
    void aDeferredThatWaitsForOneThatWaitsGetsTheLastResult() {
        Deferred<String> innermost = new Deferred<>();
        Deferred<String> middle = Deferred.succeed(1).thenCompose(n -> innermost);
        Deferred<String> outer = Deferred.succeed(1).thenCompose(n -> middle);
        List<Object> seen = Outcomes.of(outer);
        innermost.callback("at last");
        assertThat(seen).containsExactly("at last");
    }

    @Test
    void aPlainCallbackThatReturnsADeferredFailsWithTheRemedy() {
        Deferred<Object> deferred = Deferred.succeed(1).addCallback(n -> Deferred.succeed(n));
        assertThat((Throwable) Outcomes.now(deferred)).hasMessageContaining("thenCompose");
    }

    @Test
    void aDeferredIsRefusedAsAResult() {
        Deferred<Object> deferred = new Deferred<>();
        assertThatThrownBy(() -> deferred.callback(new Deferred<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thenCompose");
    }

    @Test
    void aDeferredThatIsReturnedByItselfIsRefused() {
        Deferred<Integer> deferred = new Deferred<>();
        deferred.thenCompose(n -> deferred);
        deferred.callback(1);
        assertThat((Throwable) Outcomes.now(deferred)).hasMessageContaining("the Deferred that it was called by");
    }

    @Test
    void nullInsteadOfADeferredIsRefused() {
        Deferred<Integer> deferred = Deferred.succeed(1).thenCompose(n -> null);
        assertThat((Throwable) Outcomes.now(deferred)).hasMessageContaining("null");
    }

    @Test
    void aPausedChainWaits() {
        Deferred<Integer> deferred = new Deferred<>();
        List<Object> seen = Outcomes.of(deferred);
        deferred.pause();
        deferred.pause();
        deferred.callback(1);
        deferred.unpause();
        assertThat(seen).isEmpty();
        deferred.unpause();
        assertThat(seen).containsExactly(1);
    }

    @Test
    void unpauseBeforeTheResultCallsNothing() {
        Deferred<Integer> deferred = new Deferred<>();
        List<Object> seen = Outcomes.of(deferred);
        deferred.pause();
        deferred.unpause();
        assertThat(seen).isEmpty();
        deferred.callback(1);
        assertThat(seen).containsExactly(1);
    }

    @Test
    void unpauseWithoutAPauseIsRefused() {
        assertThatThrownBy(new Deferred<Integer>()::unpause).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPausedInnerDeferredIsWaitedFor() {
        Deferred<Integer> inner = Deferred.succeed(2);
        inner.pause();
        List<Object> seen = Outcomes.of(Deferred.succeed(1).thenCompose(n -> inner));
        assertThat(seen).isEmpty();
        inner.unpause();
        assertThat(seen).containsExactly(2);
    }

    @Test
    void unpauseDoesNotEndTheWaitForAnother() {
        Deferred<Integer> inner = new Deferred<>();
        Deferred<Integer> outer = Deferred.succeed(1).thenCompose(n -> inner);
        List<Object> seen = Outcomes.of(outer);
        outer.pause();
        outer.unpause();
        assertThat(seen).isEmpty();
        inner.callback(2);
        assertThat(seen).containsExactly(2);
    }

    @Test
    void chainDeferredFiresTheOtherAndGoesOnWithNull() {
        Deferred<Object> other = new Deferred<>();
        Deferred<Integer> source = new Deferred<>();
        source.chainDeferred(other);
        source.callback(1);
        assertThat(Outcomes.now(other)).isEqualTo(1);
        assertThat(Outcomes.of(source)).containsExactly((Object) null);
    }

    @Test
    void chainDeferredFailsTheOther() {
        Deferred<Object> other = new Deferred<>();
        Deferred.<Integer>fail(broken).chainDeferred(other);
        assertThat(Outcomes.now(other)).isSameAs(broken);
    }

    @Test
    void chainDeferredToOneThatHasFiredFails() {
        Deferred<Object> other = Deferred.succeed(0);
        Deferred<Integer> source = Deferred.succeed(1);
        source.chainDeferred(other);
        assertThat(Outcomes.now(source)).isInstanceOf(AlreadyCalledException.class);
    }

    @Test
    void ofIsWhatACallComesTo() {
        assertThat(Outcomes.now(Deferred.of(() -> 1))).isEqualTo(1);
        assertThat(Outcomes.now(Deferred.of(() -> {
                    throw broken;
                })))
                .isSameAs(broken);
    }

    @Test
    void composeIsWhatTheDeferredOfACallComesTo() {
        assertThat(Outcomes.now(Deferred.compose(() -> Deferred.succeed(1)))).isEqualTo(1);
        assertThat(Outcomes.now(Deferred.compose(() -> Deferred.fail(broken)))).isSameAs(broken);
        assertThat(Outcomes.now(Deferred.compose(() -> {
                    throw broken;
                })))
                .isSameAs(broken);
    }

    @Test
    void aLongChainOfFiredDeferredsIsNoDepthOfTheStack() {
        Deferred<Integer> deferred = new Deferred<>();
        for (int i = 0; i < MANY; i++) {
            deferred.thenCompose(n -> Deferred.succeed(n + 1));
        }
        deferred.callback(0);
        assertThat(Outcomes.now(deferred)).isEqualTo(MANY);
    }

    @Test
    void manyThatWaitForOneAnotherAreNoDepthOfTheStack() {
        Deferred<Integer> innermost = new Deferred<>();
        Deferred<Integer> outer = innermost;
        for (int i = 0; i < MANY; i++) {
            Deferred<Integer> inner = outer;
            outer = Deferred.succeed(0).thenCompose(n -> inner).addCallback(n -> n + 1);
        }
        innermost.callback(0);
        assertThat(Outcomes.now(outer)).isEqualTo(MANY);
    }

    @Test
    void manyThatFireOneAnotherAreNoDepthOfTheStack() {
        Deferred<Integer> first = new Deferred<>();
        Deferred<Integer> last = first;
        for (int i = 0; i < MANY; i++) {
            Deferred<Integer> next = new Deferred<>();
            last.chainDeferred(next);
            last = next;
        }
        first.callback(1);
        assertThat(Outcomes.now(last)).isEqualTo(1);
    }

    @Test
    void manyThatWaitForOneAnotherAreCancelledWithoutDepth() {
        Deferred<Integer> outer = new Deferred<>();
        for (int i = 0; i < MANY; i++) {
            Deferred<Integer> inner = outer;
            outer = Deferred.succeed(0).thenCompose(n -> inner);
        }
        outer.cancel();
        assertThat(Outcomes.now(outer)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aFailureForOneThatHasFiredIsKeptWithTheRefusal() {
        Deferred<Integer> fired = Deferred.succeed(1);
        Deferred<Integer> failed = Deferred.fail(broken);
        failed.chainDeferred(fired);
        Object refusal = Outcomes.now(failed);
        assertThat(refusal).isInstanceOf(AlreadyCalledException.class);
        assertThat(((Throwable) refusal).getSuppressed()).containsExactly(broken);
    }
}
