package dev.hawser.cli;

import dev.hawser.examples.PreforkServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser run prefork-server}. */
@Command(
        name = "prefork-server",
        description = {
            "Sends back what clients send, line by line, with the number of the process that does it, until Ctrl-C.",
            "",
            "Each client has a worker process of its own, which was started before; when all are taken, clients wait. Try it "
                    + "with: socat - TCP:127.0.0.1:7009, and see what kill -9 of the worker does: its client is "
                    + "disconnected, the others are not, and another worker takes its place.",
            "",
            "A client that keeps silent for a minute is disconnected.",
            "",
            Serving.END
        },
        sortOptions = false)
final class PreforkServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7009);

    @Option(
            names = "--workers",
            defaultValue = "4",
            paramLabel = "COUNT",
            converter = WorkersConverter.class,
            description = "How many processes there are, and so how many clients at a time. Default: ${DEFAULT-VALUE}.")
    private int workers;

    PreforkServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(address -> new PreforkServer(address, workers, streams.out()), "prefork server", streams);
    }
}
