package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Lines;
import dev.hawser.examples.Style;
import dev.hawser.examples.TimeClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser run time-client}. */
@Command(
        name = "time-client",
        description = {
            "Sends each line of standard input and prints the answer, until an empty line or the end of the input.",
            "",
            "A line of more than 1024 bytes is sent in parts, each of which gets its answer. Over UDP, a line whose answer "
                    + "does not come is reported and the next one is sent; the exit code is then 1. The styles socketserver "
                    + "and forking have the same client: it makes a connection for each line. The client of the style reactor "
                    + "does what that of tcp does, driven by events: either talks to the server of the other."
        },
        sortOptions = false)
final class TimeClientCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final StyleOption style = new StyleOption();

    @Option(
            names = "--connect",
            defaultValue = "localhost:21567",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "Where the server listens. Default: ${DEFAULT-VALUE}.")
    private HostPort server;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = SecondsConverter.class,
            description =
                    "How long to wait for a connection and for each answer. Default: 2 for udp, 10 for all other styles.")
    private @Nullable Duration timeout;

    TimeClientCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Style spoken = style.style();
        try (TimeClient client = spoken.client(server, timeout == null ? spoken.timeout() : timeout)) {
            Lines lines = Lines.of(streams.in(), streams.out(), streams.interactive());
            return client.run(lines, streams.out(), streams.err()) == 0 ? 0 : 1;
        } catch (IOException e) {
            throw new CommandFailure(FailureText.talking(spoken, server, e), e);
        }
    }
}
