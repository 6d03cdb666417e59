package dev.hawser.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hawser bench echo}: how much CPU time and how long an echoed message takes, server by server. */
@Command(
        name = "echo",
        description = {
            "Measures echo servers on this machine's loopback interface.",
            "",
            "Every server runs in a process of its own, on one core; the load runs on the other: connections that each "
                    + "keep some messages in flight and check what comes back. Servers take turns, round by round. The "
                    + "CPU time per message is the figure that other work on the machine disturbs least.",
            ""
        },
        sortOptions = false)
public final class EchoBenchCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int INTERRUPTED = 130;
    private static final Pattern TWO_NUMBERS = Pattern.compile("\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*");
    private static final int MAX_IDLE = 1_000_000;
    private static final int MAX_ROUNDS = 1_000;
    private static final double MAX_SECONDS = 3_600;
    private static final double MILLIS_PER_SECOND = 1e3;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections open at the same time. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "1",
            description = "Messages in flight on each connection. Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "64",
            description = "Bytes in a message. Default: ${DEFAULT-VALUE}.")
    private int bytes;

    @Option(
            names = "--idle",
            paramLabel = "N",
            defaultValue = "0",
            description = "Measures each server once more with N further connections, which are open and say nothing. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int idle;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "Length of one measured window. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "15",
            description = "Windows for each server. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "5",
            description = "Seconds of CPU time that each server warms up for. Default: ${DEFAULT-VALUE}.")
    private double warmup;

    @Option(
            names = "--servers",
            paramLabel = "NAME",
            split = ",",
            description = "Servers to measure, of: ${COMPLETION-CANDIDATES}. Default: all but hawser-poll and "
                    + "hawser-select.",
            completionCandidates = ServerNames.class)
    private List<String> servers = EchoServers.usual();

    @Option(
            names = "--cores",
            paramLabel = "SERVER,LOAD",
            defaultValue = "0,1",
            description = "The core of the servers and that of the load. Default: ${DEFAULT-VALUE}.")
    private String cores = "";

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes every window's figures there, as JSON.")
    private String json = "";

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    /** Replaced by picocli before anything is called. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        EchoLoad load;
        BenchPlan plan;
        try {
            load = new EchoLoad(connections, depth, bytes);
            plan = plan(load);
            requireWritable(json);
        } catch (IllegalArgumentException | IOException e) {
            return complain(e, WRONG_USAGE);
        }
        try {
            return run(load, plan);
        } catch (BenchException | IOException e) {
            return complain(e, FAILED);
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    private int run(EchoLoad load, BenchPlan plan) throws BenchException, IOException, InterruptedException {
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            throw new BenchException("needs Linux, which tells a process's CPU time in /proc");
        }
        Limits.here().require(connections, idle);
        List<ServerResult> results = new BenchRun(plan, Progress.onStandardError()).run();
        Machine machine = Machine.here();
        print(load, plan, machine, results);
        if (!json.isEmpty()) {
            Files.writeString(Path.of(json), JsonReport.of(load, machine, results));
        }
        return results.stream().anyMatch(result -> result.outcome() == ServerResult.Outcome.FAILED) ? FAILED : OK;
    }

    private int complain(Exception e, int exitCode) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.qualifiedName() + ": " + e.getMessage());
        err.flush();
        return exitCode;
    }

    private void print(EchoLoad load, BenchPlan plan, Machine machine, List<ServerResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "echo: %d connections, %d in flight on each, %d bytes%s; %d rounds of %s s, after %s s of warm-up each%n%n",
                load.connections(),
                load.depth(),
                load.bytes(),
                idle == 0 ? "" : ", 0 and " + idle + " idle",
                rounds,
                number(seconds),
                number(warmup));
        new Report(results)
                .lines(CEpollServer.NAME, JdkVirtualThreadServer.NAME)
                .forEach(out::println);
        out.println();
        out.println(pinning(plan.cores()));
        out.println("Java servers: " + String.join(" ", JavaLauncher.FLAGS));
        out.println(machine.describe());
        out.flush();
    }

    private static String pinning(BenchPlan.Cores cores) {
        return Pinning.isPossible()
                ? "Servers on core %d, load on core %d.".formatted(cores.server(), cores.load())
                : "NOT pinned to cores, for want of taskset: expect noise.";
    }

    private BenchPlan plan(EchoLoad load) throws IOException {
        require(rounds >= 1 && rounds <= MAX_ROUNDS, "--rounds must be 1 to " + MAX_ROUNDS + ", not " + rounds);
        require(isSeconds(seconds) && seconds >= 0.1, "--seconds must be 0.1 to 3600, not " + number(seconds));
        require(isSeconds(warmup), "--warmup must be 0 to 3600, not " + number(warmup));
        require(idle >= 0 && idle <= MAX_IDLE, "--idle must be 0 to " + MAX_IDLE + ", not " + idle);
        List<String> scenario = new ArrayList<>(List.of(EchoScenario.NAME));
        scenario.addAll(load.toArguments());
        return new BenchPlan(
                scenario,
                Entrant.of(
                        servers.stream()
                                .map(String::strip)
                                .distinct()
                                .map(EchoBenchCommand::server)
                                .toList(),
                        idle),
                rounds,
                duration(warmup),
                duration(seconds),
                cores(cores));
    }

    private static ServerProgram server(String name) {
        return EchoServers.named(name)
                .orElseThrow(() -> new IllegalArgumentException("--servers: no server is called '" + name + "', but "
                        + String.join(", ", EchoServers.names())));
    }

    private static BenchPlan.Cores cores(String pair) throws IOException {
        Matcher numbers = TWO_NUMBERS.matcher(pair);
        require(numbers.matches(), "--cores must be two numbers, as in 0,1, not '" + pair + "'");
        return new BenchPlan.Cores(core(numbers.group(1)), core(numbers.group(2)));
    }

    private static int core(String number) throws IOException {
        int core = Integer.parseInt(number);
        require(Pinning.isUsable(core), "--cores: there is no core " + core + " to run on");
        return core;
    }

    private static void requireWritable(String file) {
        if (!file.isEmpty()) {
            Path directory = Path.of(file).toAbsolutePath().getParent();
            boolean writable = directory != null && Files.isWritable(directory) && !Files.isDirectory(Path.of(file));
            require(writable, "--json: cannot write " + file);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean isSeconds(double value) {
        return value >= 0 && value <= MAX_SECONDS;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** For the help text and for shell completion. */
    static final class ServerNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        ServerNames() {
            super(EchoServers.names());
        }
    }
}
