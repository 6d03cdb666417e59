package dev.hawser.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser bench}: the load scenarios. */
@Command(
        name = "bench",
        description = "Measures Hawser against its peers on this machine.",
        subcommands = {EchoBenchCommand.class, RequestBenchCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand {
    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;
}
