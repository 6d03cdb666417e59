package dev.hawser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * Connections to one server that stay open and say nothing, seen from the bench. A process of their own holds them, one for
 * each server, because the limit of open files is one for each process.
 */
final class IdleConnections {
    /** For a quarter of them, the start of the process included. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private IdleConnections() {}

    /** Opens them; the process that holds them is among the workshop's, and {@code opened} is told how many there are so far. */
    static ChildProcess open(Workshop workshop, int core, Entrant entrant, int port, IntConsumer opened)
            throws BenchException, IOException, InterruptedException {
        String name = "idle connections to " + entrant.program().name();
        String[] arguments = {Integer.toString(port), Integer.toString(entrant.idle())};
        ChildProcess holder = workshop.start(name, core, JavaLauncher.command(IdleMain.class, arguments));
        int sofar = 0;
        while (sofar < entrant.idle()) {
            sofar = Integer.parseInt(holder.hear(PATIENCE));
            opened.accept(sofar);
        }
        return holder;
    }
}
