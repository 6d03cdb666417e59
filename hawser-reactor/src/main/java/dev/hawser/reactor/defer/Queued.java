package dev.hawser.reactor.defer;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** Who waits for something, in the order of asking. Cancelling takes one out, however many there are. */
final class Queued<T> {
    private final SequencedSet<Deferred<T>> waiting = new LinkedHashSet<>();

    Deferred<T> enter() {
        Deferred<T> one = new Deferred<>(waiting::remove);
        waiting.add(one);
        return one;
    }

    void leave(T result) {
        waiting.removeFirst().callback(result);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }
}
