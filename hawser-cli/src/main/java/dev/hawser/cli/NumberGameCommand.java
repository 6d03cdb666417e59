package dev.hawser.cli;

import dev.hawser.examples.NumberGame;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser run number-game}. */
@Command(
        name = "number-game",
        description = {
            "Thinks of a number that each client guesses by lines, on the reactor, until Ctrl-C.",
            "",
            "Play it with: socat - TCP:127.0.0.1:7010, or telnet 127.0.0.1 7010",
            "",
            Serving.END
        },
        sortOptions = false)
final class NumberGameCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7010);

    NumberGameCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(
                address -> new NumberGame(address, RandomGenerator.getDefault(), streams.out()),
                "number game",
                streams);
    }
}
