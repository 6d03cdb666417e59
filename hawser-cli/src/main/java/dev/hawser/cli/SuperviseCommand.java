package dev.hawser.cli;

import dev.hawser.examples.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser run supervise}. */
@Command(
        name = "supervise",
        description = {
            "Keeps a program running: starts it again when it has ended, until Ctrl-C.",
            "",
            "What it prints is printed with its name before each line: \"name| \" for its output, \"name! \" for its errors. Each "
                    + "time that it ends, the wait is twice as long, up to a minute; after it has run well for a while, the "
                    + "shortest again. It has nothing to read on its standard input.",
            "",
            "Ctrl-C (SIGINT) and SIGTERM end the program with TERM, and where that does not help with KILL. The exit code is then "
                    + "130 or 143, as of any program that a signal ended.",
            "",
            "Try it with: hawser run supervise sh -c 'date; sleep 2'"
        },
        sortOptions = false)
final class SuperviseCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(
            names = "--wait",
            defaultValue = "1",
            paramLabel = "SECONDS",
            converter = SecondsConverter.class,
            description = "How long to wait before the first restart. Default: ${DEFAULT-VALUE}.")
    private Duration firstWait;

    @Option(
            names = "--grace",
            defaultValue = "5",
            paramLabel = "SECONDS",
            converter = SecondsConverter.class,
            description = "How long the program may take to end before it is killed. Default: ${DEFAULT-VALUE}.")
    private Duration grace;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM",
            description = "The program and its arguments. Options of this command come before it.")
    private List<String> program;

    SuperviseCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Supervisor supervisor = Serving.made(
                () -> new Supervisor(program, firstWait, grace, streams.out()),
                e -> "cannot start '" + program.getFirst() + "': " + reason(e)
                        + "; check its spelling, and that it may be executed");
        try (supervisor) {
            return Serving.untilSignal(supervisor, "started", streams);
        }
    }

    /** The JDK's exception says which program, and its cause what is in the way. */
    private static String reason(IOException failure) {
        Throwable told = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(told.getMessage()).strip();
    }
}
