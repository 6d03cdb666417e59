package dev.hawser.cli;

import dev.hawser.examples.Demo;
import dev.hawser.examples.Style;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser demo}: the time servers and their clients, tried on the lines of standard input. */
@Command(
        name = "demo",
        description = {
            "Runs the time servers and their clients on this machine.",
            "",
            "Each server gets a free port; every line of standard input goes through the matching client, and every answer "
                    + "is checked: it is the line with the server's time before it. Blank lines are left out, because an "
                    + "empty line ends a client. Three sample lines are sent where standard input is a terminal or empty.",
            "",
            "Ends with 0 only if every answer was right."
        })
final class DemoCommand implements Callable<Integer> {
    private final Streams streams;

    /** It is written either way. */
    @ArgGroup
    private @Nullable Choice choice;

    static final class Choice {

        @Parameters(
                paramLabel = "STYLE",
                converter = StyleConverter.class,
                description = "Which one to run: " + StyleConverter.NAMES + ". Default: all.")
        private @Nullable Style style;

        @Option(
                names = "--style",
                paramLabel = "STYLE",
                converter = StyleConverter.class,
                description = "The same, as the commands of hawser run take it.")
        private @Nullable Style named;
    }

    DemoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Demo demo = new Demo(streams.out(), streams.colour());
        if (!streams.interactive()) {
            demo.readLines(streams.in());
        }
        if (demo.isEmpty()) {
            demo.useSamples("standard input is " + (streams.interactive() ? "a terminal" : "empty"));
        }
        return demo.run(styles()) ? 0 : 1;
    }

    private List<Style> styles() {
        if (choice == null) {
            return List.of(Style.values());
        }
        return List.of(Objects.requireNonNull(choice.style == null ? choice.named : choice.style));
    }
}
