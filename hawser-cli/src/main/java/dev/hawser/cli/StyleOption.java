package dev.hawser.cli;

import dev.hawser.examples.Style;
import picocli.CommandLine.Option;

/** Which of the time servers, or the client of which: the option of both. */
final class StyleOption {

    @Option(
            names = "--style",
            defaultValue = "tcp",
            paramLabel = "STYLE",
            converter = StyleConverter.class,
            description = StyleConverter.NAMES + ". Default: ${DEFAULT-VALUE}.")
    private Style style;

    Style style() {
        return style;
    }
}
