package dev.hawser.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Connections to one server that stay open and say nothing, seen from the bench. A process of their own holds them, one for
 * each server, because the limit of open files is one for each process.
 */
final class IdleConnections {
    /** For a quarter of them, the start of the process included. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private IdleConnections() {}

    /** Is told how many there are so far, before there are more. */
    @FunctionalInterface
    interface Opened {
        void sofar(int connections) throws BenchException, IOException, InterruptedException;
    }

    /** Opens them; the process that holds them is among the workshop's. */
    static ChildProcess open(Workshop workshop, int core, Entrant entrant, int port, Opened opened)
            throws BenchException, IOException, InterruptedException {
        String name = "idle connections to " + entrant.program().name();
        String[] arguments = {Integer.toString(port), Integer.toString(entrant.idle())};
        ChildProcess holder = workshop.start(name, core, JavaLauncher.command(IdleMain.class, arguments));
        int sofar = 0;
        while (sofar < entrant.idle()) {
            sofar = Integer.parseInt(holder.hear(PATIENCE));
            opened.sofar(sofar);
            holder.say("go on");
        }
        return holder;
    }
}
