package dev.hawser.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command measures, and how it tells what came of it.
 *
 * @param plan the run
 * @param json the file for the windows' figures, empty for none
 * @param need the connections that the machine must allow
 * @param telling what is said around the table
 */
record Experiment(BenchPlan plan, String json, Need need, Telling telling) {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int INTERRUPTED = 130;

    /**
     * How many connections a server has at most.
     *
     * @param options the options that say so
     * @param connections so many
     * @param fromOneAddress how many of them come from 127.0.0.1
     */
    record Need(String options, int connections, int fromOneAddress) {}

    /**
     * How the outcome is told.
     *
     * @param title the first line
     * @param columns of the table
     * @param references the servers that the others are held against
     * @param notes what a reader must know of the figures
     */
    record Telling(String title, Columns columns, List<String> references, List<String> notes) {
        Telling {
            references = List.copyOf(references);
            notes = List.copyOf(notes);
        }
    }

    /** Reads a command's options into an experiment, makes it, and returns the command's exit code. */
    static int make(CommandSpec command, Callable<Experiment> fromOptions) throws Exception {
        Experiment experiment;
        try {
            experiment = fromOptions.call();
        } catch (IllegalArgumentException | IOException e) {
            return complain(command, e, WRONG_USAGE);
        }
        try {
            return experiment.run(command.commandLine().getOut());
        } catch (BenchException | IOException e) {
            return complain(command, e, FAILED);
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    private static int complain(CommandSpec command, Exception e, int exitCode) {
        PrintWriter err = command.commandLine().getErr();
        err.println(command.qualifiedName() + ": " + e.getMessage());
        err.flush();
        return exitCode;
    }

    private int run(PrintWriter out) throws BenchException, IOException, InterruptedException {
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            throw new BenchException("needs Linux, which tells a process's CPU time in /proc");
        }
        Limits.here().require(need.options(), need.connections(), need.fromOneAddress());
        List<ServerResult> results = new BenchRun(plan, Progress.onStandardError()).run();
        Machine machine = Machine.here();
        print(out, machine, results);
        if (!json.isEmpty()) {
            Files.writeString(Path.of(json), JsonReport.of(plan.load(), telling.columns(), machine, results));
        }
        return results.stream().anyMatch(result -> result.outcome() == ServerResult.Outcome.FAILED) ? FAILED : OK;
    }

    private void print(PrintWriter out, Machine machine, List<ServerResult> results) {
        out.println(telling.title());
        out.println();
        new Report(telling.columns(), results).lines(telling.references()).forEach(out::println);
        out.println();
        out.println(pinning(plan.cores()));
        out.println("Java servers: " + String.join(" ", JavaLauncher.FLAGS));
        telling.notes().forEach(out::println);
        out.println(machine.describe());
        out.flush();
    }

    private static String pinning(BenchPlan.Cores cores) {
        return Pinning.isPossible()
                ? "Servers on core %d, load on core %d.".formatted(cores.server(), cores.load())
                : "NOT pinned to cores, for want of taskset: expect noise.";
    }
}
