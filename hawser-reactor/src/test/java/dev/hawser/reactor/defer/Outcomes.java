package dev.hawser.reactor.defer;

import java.util.ArrayList;
import java.util.List;

/** What tests see of a deferred's end. */
public final class Outcomes {
    private Outcomes() {}

    /** Everything that it comes to from here on, failures included, which count as handled. */
    public static List<Object> of(Deferred<?> deferred) {
        List<Object> seen = new ArrayList<>();
        deferred.finish(seen::add, seen::add);
        return seen;
    }

    /** The only one. */
    public static Object now(Deferred<?> deferred) {
        List<Object> seen = of(deferred);
        if (seen.size() != 1) {
            throw new AssertionError("it has come to nothing yet");
        }
        return seen.getFirst();
    }
}
