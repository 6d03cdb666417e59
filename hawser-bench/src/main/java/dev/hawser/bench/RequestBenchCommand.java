package dev.hawser.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hawser bench requests}: short requests to socket servers, a connection each. */
@Command(
        name = "requests",
        description = {
            "Measures socket servers with short requests, a connection each, on this machine's loopback interface.",
            "",
            "A client connects, sends a line, reads the same line and then the end, and comes again. Every server runs on "
                    + "one core, with all its threads and processes; the load runs on the other. Servers take turns, round "
                    + "by round. An answer that is wrong or missing makes its server fail.",
            ""
        },
        sortOptions = false)
public final class RequestBenchCommand implements Callable<Integer> {
    static final Columns COLUMNS = new Columns(
            "request", List.of(Figure.ANSWERS_PER_SECOND, Figure.CPU_PER_ANSWER, Figure.P50, Figure.P99, Figure.MAX));

    private static final double USUAL_SECONDS = 2;
    private static final int USUAL_ROUNDS = 7;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description = "Clients at the same time. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--servers",
            paramLabel = "NAME",
            split = ",",
            description = "Servers to measure, of: ${COMPLETION-CANDIDATES}. Default: all.",
            completionCandidates = RequestServers.Names.class)
    private List<String> servers = RequestServers.SERVERS.usual();

    @Mixin
    private RunOptions options = new RunOptions(USUAL_SECONDS, USUAL_ROUNDS);

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
    public Integer call() throws Exception {
        return Experiment.make(spec, this::experiment);
    }

    private Experiment experiment() throws IOException {
        var load = new RequestLoad(clients);
        return new Experiment(
                options.plan(load, Entrant.of(RequestServers.SERVERS.chosen(servers), 0)),
                options.json(),
                new Experiment.Need("--clients", clients, clients),
                new Experiment.Telling(
                        "requests: %d clients, a connection for each request; %s"
                                .formatted(clients, options.describe()),
                        COLUMNS,
                        List.of("python-threading", "python-forking"),
                        List.of(
                                "The workers of hawser-forking have that server's own options instead.",
                                "A closed loop: who waits asks nothing meanwhile, so a stall is in the latencies of "
                                        + "those who waited through it.")));
    }
}
