package dev.hawser.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser run time-server}. */
@Command(
        name = "time-server",
        description = {
            "Sends back what clients send, with the time before it, until Ctrl-C.",
            "",
            "tcp: each connection in a thread of its own, each piece that arrives is a message. udp: a message is a datagram. "
                    + "socketserver: a message is a line, and the connection is closed when it is answered. forking: the "
                    + "same in worker processes. reactor: as tcp, all connections in one thread.",
            "",
            Serving.END
        },
        sortOptions = false)
final class TimeServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final StyleOption style = new StyleOption();

    @Mixin
    private final ListenOption listen = new ListenOption(21567);

    TimeServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(
                address -> style.style().server(address, streams.out()),
                StyleConverter.nameOf(style.style()) + " time server",
                streams);
    }
}
