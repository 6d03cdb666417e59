package dev.hawser.reactor;

import dev.hawser.reactor.Reactor.Phase;
import dev.hawser.reactor.Reactor.Trigger;
import dev.hawser.reactor.defer.Deferred;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of one event: each is called once, in the order of the phases, and in a phase in the order in which they were added. What one
 * throws, or what its Deferred fails with, is reported, and the others go on.
 */
final class Triggers {

    private final Map<Phase, ArrayDeque<Added>> phases = new EnumMap<>(Phase.class);
    private final String event;
    private final BiConsumer<String, Throwable> report;

    private record Added(ArrayDeque<Added> phase, Callable<? extends @Nullable Object> call) implements Trigger {

        @Override
        public void remove() {
            phase.removeIf(each -> each.equals(this));
        }

        /** The very object: a call may have been added twice. */
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Triggers(String event, BiConsumer<String, Throwable> report) {
        this.event = event;
        this.report = report;
        for (Phase phase : Phase.values()) {
            phases.put(phase, new ArrayDeque<>());
        }
    }

    Trigger add(Phase phase, Callable<? extends @Nullable Object> call) {
        ArrayDeque<Added> all = of(phase);
        Added added = new Added(all, call);
        all.add(added);
        return added;
    }

    /** Calls those before; then, when the Deferreds that they returned have fired, the others, and in the end what is given. */
    void fire(Runnable done) {
        Waiting waiting = new Waiting(done);
        callEach(Phase.BEFORE, waiting);
        waiting.oneLess();
    }

    /** Calls those that are left, and waits for nothing. */
    void fireNow() {
        callEach(Phase.BEFORE, null);
        callEach(Phase.DURING, null);
        callEach(Phase.AFTER, null);
    }

    @SuppressWarnings("NullAway") // each phase has its queue
    private ArrayDeque<Added> of(Phase phase) {
        return phases.get(phase);
    }

    /** One that is added meanwhile is called, too. */
    private void callEach(Phase phase, @Nullable Waiting waiting) {
        ArrayDeque<Added> all = of(phase);
        for (Added next = all.poll(); next != null; next = all.poll()) {
            try {
                Object result = next.call().call();
                if (waiting != null && result instanceof Deferred<?> deferred) {
                    waiting.add(deferred);
                }
            } catch (Throwable e) {
                report.accept("a trigger of the " + event + " has thrown", e);
            }
        }
    }

    /** Counts the Deferreds that have not fired, and one for the phase itself. */
    private final class Waiting {

        private final Runnable done;
        private int count = 1;

        Waiting(Runnable done) {
            this.done = done;
        }

        <T extends @Nullable Object> void add(Deferred<T> deferred) {
            count++;
            Deferred<@Nullable Object> _ = deferred.addCallbacks(
                    result -> {
                        oneLess();
                        return result;
                    },
                    failure -> {
                        report.accept("a trigger of the " + event + " has failed", failure);
                        oneLess();
                        return null;
                    });
        }

        void oneLess() {
            if (--count == 0) {
                callEach(Phase.DURING, null);
                callEach(Phase.AFTER, null);
                done.run();
            }
        }
    }
}
