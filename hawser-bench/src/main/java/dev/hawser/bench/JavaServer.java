package dev.hawser.bench;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A {@link PortServer} as a program: a JVM of its own, with the same flags as every other.
 *
 * @param name its name
 * @param flags what it needs besides
 * @param create makes it, in that JVM
 */
record JavaServer(String name, List<String> flags, Supplier<PortServer> create) implements ServerProgram {
    JavaServer {
        flags = List.copyOf(flags);
    }

    JavaServer(String name, Supplier<PortServer> create) {
        this(name, List.of(), create);
    }

    @Override
    public List<String> command(Workshop workshop) {
        return JavaLauncher.commandWith(flags, ServerMain.class, name);
    }

    /** The same, with the heap in memory as a whole, so that the rest can be told from it. */
    JavaServer touchingItsHeap() {
        return new JavaServer(
                name, Stream.concat(flags.stream(), Stream.of(MemoryProbe.FLAG)).toList(), create);
    }
}
