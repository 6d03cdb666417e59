package dev.hawser.cli;

import picocli.CommandLine.Command;

/** {@code hawser run}: the examples, one at a time. */
@Command(name = "run", description = "Runs one of the examples.", synopsisSubcommandLabel = "COMMAND")
final class RunCommand {}
