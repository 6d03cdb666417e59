package dev.hawser.cli;

import dev.hawser.examples.AsyncoreEchoServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser run asyncore-echo-server}. */
@Command(
        name = "asyncore-echo-server",
        description = {
            "Sends back what clients send, to all of them in one thread, until Ctrl-C.",
            "",
            "Try it with: socat - TCP:127.0.0.1:7007, or curl telnet://127.0.0.1:7007",
            "",
            Serving.END
        },
        sortOptions = false)
final class EchoServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7007);

    EchoServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(address -> new AsyncoreEchoServer(address, streams.out()), "echo server", streams);
    }
}
