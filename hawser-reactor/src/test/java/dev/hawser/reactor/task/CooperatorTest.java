package dev.hawser.reactor.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.defer.ManualClock;
import dev.hawser.reactor.defer.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CooperatorTest {

    private final ManualClock clock = new ManualClock();

    /** One step a turn. */
    private final Cooperator cooperator = new Cooperator(clock, Duration.ZERO);

    private final List<Object> made = new ArrayList<>();

    private Iterator<Deferred<?>> steps(String name, int count) {
        return new Iterator<>() {
            private int done;

            @Override
            public boolean hasNext() {
                return done < count;
            }

            @Override
            public Deferred<?> next() {
                made.add(name + ++done);
                return null;
            }
        };
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            clock.turn();
        }
    }

    @Test
    void tasksTakeTheirStepsInTurn() {
        List<Object> a = Outcomes.of(cooperator.coiterate(steps("a", 2)));
        List<Object> b = Outcomes.of(cooperator.coiterate(steps("b", 3)));
        turns(10);
        assertThat(made).containsExactly("a1", "b1", "a2", "b2", "b3");
        assertThat(a).hasSize(1);
        assertThat(b).hasSize(1);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void aTurnTakesAsManyStepsAsFitInItsSlice() {
        new Cooperator(clock).cooperate(steps("a", 50));
        clock.turn();
        assertThat(made).hasSize(50);
    }

    @Test
    void aPausedTaskWaitsAndPausesAreCounted() {
        CooperativeTask task = cooperator.cooperate(steps("a", 3));
        turns(1);
        task.pause();
        task.pause();
        task.resume();
        turns(3);
        assertThat(made).containsExactly("a1");
        assertThat(clock.pending()).isZero();
        task.resume();
        turns(1);
        assertThat(made).containsExactly("a1", "a2");
    }

    @Test
    void resumeWithoutPauseIsRefused() {
        assertThatThrownBy(cooperator.cooperate(steps("a", 1))::resume).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStepThatIsADeferredIsWaitedFor() {
        Deferred<Object> step = new Deferred<>();
        CooperativeTask task = cooperator.cooperate(List.<Deferred<?>>of(step).iterator());
        List<Object> done = Outcomes.of(task.whenDone());
        turns(3);
        assertThat(done).isEmpty();
        step.callback(1);
        turns(2);
        assertThat(done).containsExactly(task);
    }

    @Test
    void aPauseWhileADeferredIsWaitedForCountsToo() {
        Deferred<Object> step = new Deferred<>();
        CooperativeTask task = cooperator.cooperate(List.<Deferred<?>>of(step).iterator());
        List<Object> done = Outcomes.of(task.whenDone());
        turns(1);
        task.pause();
        step.callback(1);
        turns(2);
        assertThat(done).isEmpty();
        task.resume();
        turns(2);
        assertThat(done).containsExactly(task);
    }

    @Test
    void theFailureOfAStepIsTheTasks() {
        Exception broken = new Exception("broken");
        CooperativeTask task =
                cooperator.cooperate(List.<Deferred<?>>of(Deferred.fail(broken)).iterator());
        List<Object> done = Outcomes.of(task.whenDone());
        turns(2);
        assertThat(done).containsExactly(broken);
        assertThatThrownBy(task::pause)
                .isInstanceOf(IllegalStateException.class)
                .hasCause(broken);
    }

    @Test
    void aFailureThatComesLaterIsTheTasks() {
        Exception broken = new Exception("broken");
        Deferred<Object> step = new Deferred<>();
        List<Object> done =
                Outcomes.of(cooperator.coiterate(List.<Deferred<?>>of(step).iterator()));
        turns(2);
        step.errback(broken);
        assertThat(done).containsExactly(broken);
    }

    @Test
    void whatTheIteratorThrowsIsTheTasksFailure() {
        Iterator<Deferred<?>> broken = List.<Deferred<?>>of().iterator();
        Iterator<Deferred<?>> throwing = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Deferred<?> next() {
                return broken.next();
            }
        };
        List<Object> done = Outcomes.of(cooperator.coiterate(throwing));
        turns(1);
        assertThat(done).hasOnlyElementsOfType(java.util.NoSuchElementException.class);
    }

    @Test
    void aTaskThatIsStoppedFailsAndTakesNoFurtherStep() {
        CooperativeTask task = cooperator.cooperate(steps("a", 5));
        List<Object> done = Outcomes.of(task.whenDone());
        turns(1);
        task.stop();
        turns(2);
        assertThat(made).containsExactly("a1");
        assertThat(done).hasOnlyElementsOfType(TaskStoppedException.class);
        assertThatThrownBy(task::stop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTaskThatIsStoppedWhilePausedMayBeResumed() {
        CooperativeTask task = cooperator.cooperate(steps("a", 5));
        task.pause();
        task.stop();
        task.resume();
        turns(2);
        assertThat(made).isEmpty();
        assertThat(Outcomes.now(task.whenDone())).isInstanceOf(TaskStoppedException.class);
    }

    @Test
    void aStepMayStopTheTask() {
        CooperativeTask[] task = new CooperativeTask[1];
        Iterator<Deferred<?>> stopping = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Deferred<?> next() {
                task[0].stop();
                return new Deferred<>();
            }
        };
        task[0] = cooperator.cooperate(stopping);
        List<Object> done = Outcomes.of(task[0].whenDone());
        turns(3);
        assertThat(done).hasOnlyElementsOfType(TaskStoppedException.class).hasSize(1);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void everyoneWhoAsksIsToldOfTheEnd() {
        CooperativeTask task = cooperator.cooperate(steps("a", 1));
        List<Object> before = Outcomes.of(task.whenDone());
        List<Object> too = Outcomes.of(task.whenDone());
        turns(3);
        assertThat(before).containsExactly(task);
        assertThat(too).containsExactly(task);
        assertThat(Outcomes.now(task.whenDone())).isSameAs(task);
    }

    @Test
    void oneWhoAskedMayCancel() {
        CooperativeTask task = cooperator.cooperate(steps("a", 1));
        Deferred<CooperativeTask> asked = task.whenDone();
        asked.cancel();
        turns(3);
        assertThat(Outcomes.now(asked)).isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void stoppingTheCooperatorStopsAllTasksAndRefusesNewOnes() {
        List<Object> done = Outcomes.of(cooperator.coiterate(steps("a", 5)));
        cooperator.stop();
        assertThat(cooperator.isRunning()).isFalse();
        assertThat(done).hasOnlyElementsOfType(TaskStoppedException.class);
        assertThat(Outcomes.now(cooperator.coiterate(steps("b", 5)))).isInstanceOf(TaskStoppedException.class);
        assertThat(clock.pending()).isZero();
        cooperator.start();
        assertThat(cooperator.isRunning()).isTrue();
        cooperator.cooperate(steps("c", 1));
        turns(1);
        assertThat(made).containsExactly("c1");
    }

    @Test
    void theEndOfTheLastTaskTakesItsTurnBack() {
        CooperativeTask task = cooperator.cooperate(steps("a", 5));
        turns(1);
        assertThat(clock.pending()).isEqualTo(1);
        task.stop();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void aTaskThatIsStoppedByTheQuestionForItsNextStepStaysStopped() {
        List<CooperativeTask> task = new ArrayList<>();
        task.add(cooperator.cooperate(new Iterator<>() {
            @Override
            public boolean hasNext() {
                task.getFirst().stop();
                return false;
            }

            @Override
            public Deferred<?> next() {
                throw new AssertionError("there is no step");
            }
        }));
        List<Object> before = Outcomes.of(task.getFirst().whenDone());
        turns(1);
        List<Object> after = Outcomes.of(task.getFirst().whenDone());
        assertThat(before).hasOnlyElementsOfType(TaskStoppedException.class).hasSize(1);
        assertThat(after).hasOnlyElementsOfType(TaskStoppedException.class).hasSize(1);
    }
}
