package dev.hawser.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A {@link PortServer} as a program: a JVM of its own, with the same flags as every other.
 *
 * @param name its name
 * @param flags what it needs besides
 * @param tls whether it speaks TLS, and is told of the run's {@link TlsIdentity}
 * @param create makes it, in that JVM
 */
record JavaServer(String name, List<String> flags, boolean tls, Supplier<PortServer> create) implements ServerProgram {
    JavaServer {
        flags = List.copyOf(flags);
    }

    JavaServer(String name, Supplier<PortServer> create) {
        this(name, List.of(), false, create);
    }

    /** Speaks TLS. */
    static JavaServer overTls(String name, List<String> flags, Supplier<PortServer> create) {
        return new JavaServer(name, flags, true, create);
    }

    @Override
    public List<String> command(Workshop workshop) throws IOException {
        return JavaLauncher.commandWith(tls ? with(TlsIdentity.flag(workshop)) : flags, ServerMain.class, name);
    }

    /** The same, with the heap in memory as a whole, so that the rest can be told from it. */
    JavaServer touchingItsHeap() {
        return new JavaServer(name, with(MemoryProbe.FLAG), tls, create);
    }

    private List<String> with(String flag) {
        return Stream.concat(flags.stream(), Stream.of(flag)).toList();
    }
}
