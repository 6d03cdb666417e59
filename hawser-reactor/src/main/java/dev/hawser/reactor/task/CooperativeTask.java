package dev.hawser.reactor.task;

import dev.hawser.reactor.defer.Deferred;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done step by step, each step of an iterator's, between the other work of a reactor. Made by {@link Cooperator#cooperate}.
 *
 * <h2>Threading</h2>
 * For the reactor's thread.
 */
public final class CooperativeTask {

    /** How it ended. */
    private record End(@Nullable Throwable failure, IllegalStateException refusal) {}

    private final Iterator<? extends @Nullable Deferred<?>> steps;
    private final Cooperator cooperator;
    private final List<Deferred<CooperativeTask>> listeners = new ArrayList<>(1);
    private int pauses;
    private @Nullable End end;

    CooperativeTask(Iterator<? extends @Nullable Deferred<?>> steps, Cooperator cooperator) {
        this.steps = steps;
        this.cooperator = cooperator;
        cooperator.add(this);
    }

    /**
     * Takes no step until {@link #resume}, once for each pause.
     *
     * @throws IllegalStateException if it has ended
     */
    public void pause() {
        requireGoing();
        pauses++;
        if (pauses == 1) {
            cooperator.remove(this);
        }
    }

    /**
     * Takes a pause back.
     *
     * @throws IllegalStateException if it is not paused
     */
    public void resume() {
        if (pauses == 0) {
            throw new IllegalStateException("resume() without a pause()");
        }
        pauses--;
        if (pauses == 0 && end == null) {
            cooperator.add(this);
        }
    }

    /**
     * Ends it before its time: {@link #whenDone} fails with {@link TaskStoppedException}.
     *
     * @throws IllegalStateException if it has ended
     */
    public void stop() {
        requireGoing();
        finish(new TaskStoppedException(), new IllegalStateException("the task was stopped"));
    }

    /**
     * Tells of the end.
     *
     * @return fires with this when there is no further step; fails with what a step failed with, or because of {@link #stop}; each call has one of its own
     */
    public Deferred<CooperativeTask> whenDone() {
        Deferred<CooperativeTask> listener = new Deferred<>();
        End came = end;
        if (came == null) {
            listeners.add(listener);
        } else {
            tell(listener, came);
        }
        return listener;
    }

    private void requireGoing() {
        if (end != null) {
            throw end.refusal();
        }
    }

    private void finish(@Nullable Throwable failure, IllegalStateException refusal) {
        End came = new End(failure, refusal);
        end = came;
        if (pauses == 0) {
            cooperator.remove(this);
        }
        listeners.forEach(listener -> tell(listener, came));
        listeners.clear();
    }

    private void tell(Deferred<CooperativeTask> listener, End came) {
        if (listener.isCalled()) {
            return; // cancelled by who asked
        }
        if (came.failure() == null) {
            listener.callback(this);
        } else {
            listener.errback(came.failure());
        }
    }

    /** One step. */
    void step() {
        try {
            boolean hasNext = steps.hasNext();
            if (end != null) {
                return; // the question has stopped it
            }
            if (!hasNext) {
                finish(null, new IllegalStateException("the task is done"));
                return;
            }
            Deferred<?> waited = steps.next();
            if (waited != null) {
                waitFor(waited);
            }
        } catch (Throwable failure) { // the task's failure, whatever it is
            fail(failure);
        }
    }

    private void waitFor(Deferred<?> waited) {
        pause();
        waited.finish(result -> resume(), this::fail);
    }

    private void fail(Throwable failure) {
        if (end == null) {
            finish(failure, new IllegalStateException("the task has failed", failure));
        }
    }

    void refuse() {
        finish(new TaskStoppedException(), new IllegalStateException("the cooperator was stopped"));
    }
}
