package dev.hawser.bench;

import java.util.List;
import java.util.function.Supplier;

/** A {@link PortServer} as a program: a JVM of its own, with the same flags as every other. */
record JavaServer(String name, Supplier<PortServer> create) implements ServerProgram {
    @Override
    public List<String> command(Workshop workshop) {
        return JavaLauncher.command(ServerMain.class, name);
    }
}
