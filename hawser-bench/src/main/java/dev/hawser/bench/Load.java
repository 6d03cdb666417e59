package dev.hawser.bench;

import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;

/** How much load a scenario makes: what the load process is told of it, and the reports. */
interface Load {
    /** The name of the scenario. */
    String scenario();

    /** The numbers, by the names of the options that set them. */
    SequencedMap<String, Integer> sizes();

    /** What the JVM of the load process needs besides. */
    default List<String> flags(Workshop workshop) throws IOException {
        return List.of();
    }

    default List<String> toArguments() {
        return sizes().values().stream().map(String::valueOf).toList();
    }

    static void requireWithin(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("--" + what + " must be 1 to " + max + ", not " + value);
        }
    }
}
