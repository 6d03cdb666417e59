package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Style;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser run time-server}. */
@Command(
        name = "time-server",
        description = {"Sends back what clients send, with the time before it, until Ctrl-C.", "", Serving.END},
        sortOptions = false)
final class TimeServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(
            names = "--style",
            defaultValue = "tcp",
            paramLabel = "STYLE",
            converter = StyleConverter.class,
            description = "tcp or udp. Default: ${DEFAULT-VALUE}.")
    private Style style;

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:21567",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = {Serving.WHERE, "Default: ${DEFAULT-VALUE}."})
    private HostPort where;

    TimeServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return Serving.untilSignal(
                () -> style.server(where.toSockaddr(), streams.out()),
                where,
                StyleConverter.nameOf(style) + " time server",
                streams);
    }
}
