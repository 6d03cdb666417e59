package dev.hawser.reactor.defer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeferredListTest {

    private final Deferred<Integer> one = new Deferred<>();
    private final Deferred<Integer> two = new Deferred<>();
    private final Exception broken = new Exception("broken");

    @Test
    void outcomesAreThoseOfAllInTheOrderOfTheList() {
        List<Object> seen =
                Outcomes.of(DeferredList.of(List.of(one, two)).consumeErrors().outcomes());
        two.callback(2);
        assertThat(seen).isEmpty();
        one.errback(broken);
        assertThat(seen).containsExactly(List.of(new Outcome.Failure<>(broken), new Outcome.Success<>(2)));
    }

    @Test
    void anEmptyListHasItsOutcomesAtOnce() {
        assertThat(Outcomes.now(DeferredList.of(List.of()).outcomes())).isEqualTo(List.of());
        assertThat(Outcomes.now(DeferredList.of(List.of()).results())).isEqualTo(List.of());
    }

    @Test
    void deferredsThatHaveFiredCount() {
        one.callback(1);
        two.callback(2);
        assertThat(Outcomes.now(DeferredList.gatherResults(List.of(one, two)))).isEqualTo(List.of(1, 2));
    }

    @Test
    void eachGoesOnWithWhatItHad() {
        one.callback(1);
        two.errback(broken);
        Outcomes.of(DeferredList.of(List.of(one, two)).outcomes());
        assertThat(Outcomes.now(one)).isEqualTo(1);
        assertThat(Outcomes.now(two)).isSameAs(broken);
    }

    @Test
    void consumedErrorsGoOnWithNull() {
        two.errback(broken);
        one.callback(1);
        Outcomes.of(DeferredList.of(List.of(one, two)).consumeErrors().outcomes());
        assertThat(Outcomes.of(two)).containsExactly((Object) null);
    }

    @Test
    void gatherResultsFailsAtTheFirstFailureAndTellsWhoseItIs() {
        List<Object> seen = Outcomes.of(DeferredList.gatherResults(List.of(one, two)));
        two.errback(broken);
        assertThat(seen).singleElement().isInstanceOfSatisfying(FirstException.class, failure -> {
            assertThat(failure.index()).isEqualTo(1);
            assertThat(failure.subFailure()).isSameAs(broken);
            assertThat(failure).hasMessageContaining("number 1").hasCause(broken);
        });
        one.errback(new Exception("later"));
        assertThat(seen).hasSize(1);
        Outcomes.of(one);
        Outcomes.of(two);
    }

    @Test
    void aFailureThatWasThereBeforeIsTheFirst() {
        one.errback(broken);
        Deferred<?> all = DeferredList.of(List.of(two, one))
                .consumeErrors()
                .fireOnOneErrback()
                .outcomes();
        assertThat(Outcomes.now(all)).isInstanceOf(FirstException.class);
    }

    @Test
    void fireOnOneCallbackTellsTheFirstResultAndWhoseItIs() {
        List<Object> seen =
                Outcomes.of(DeferredList.of(List.of(one, two)).consumeErrors().fireOnOneCallback());
        one.errback(broken);
        assertThat(seen).isEmpty();
        two.callback(2);
        assertThat(seen).containsExactly(new DeferredList.First<>(2, 1));
    }

    @Test
    void raceCancelsTheOthers() {
        List<Object> seen = Outcomes.of(DeferredList.race(List.of(one, two)));
        one.callback(1);
        assertThat(seen).containsExactly(new DeferredList.First<>(1, 0));
        assertThat(two.isCalled()).isTrue();
    }

    @Test
    void aRaceThatNobodyWinsFailsWithAllFailures() {
        List<Object> seen = Outcomes.of(DeferredList.race(List.of(one, two)));
        Exception other = new Exception("other");
        two.errback(other);
        one.errback(broken);
        assertThat(seen).singleElement().isInstanceOfSatisfying(FailureGroup.class, group -> {
            assertThat(group.failures()).containsExactly(broken, other);
            assertThat(group.getSuppressed()).containsExactly(broken, other);
        });
    }

    @Test
    void cancellingCancelsAll() {
        Deferred<?> all = DeferredList.of(List.of(one, two)).consumeErrors().outcomes();
        all.cancel();
        assertThat(one.isCalled()).isTrue();
        assertThat(two.isCalled()).isTrue();
        assertThat((List<?>) Outcomes.now(all)).hasSize(2);
    }

    @Test
    void cancellingGatherResultsFailsWithTheFirstCancellation() {
        Deferred<?> all = DeferredList.of(List.of(one, two)).consumeErrors().results();
        all.cancel();
        assertThat((Throwable) Outcomes.now(all))
                .isInstanceOf(FirstException.class)
                .hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void cancellingAListThatHasFiredDoesNothing() {
        Deferred<?> first = DeferredList.of(List.of(one, two)).fireOnOneCallback();
        one.callback(1);
        first.cancel();
        assertThat(two.isCalled()).isFalse();
    }

    @Test
    void cancellersThatGiveResultsAreHeard() {
        Deferred<Integer> willing = new Deferred<>(cancelled -> cancelled.callback(9));
        Deferred<?> all = DeferredList.gatherResults(List.of(willing));
        all.cancel();
        assertThat(Outcomes.now(all)).isEqualTo(List.of(9));
    }
}
