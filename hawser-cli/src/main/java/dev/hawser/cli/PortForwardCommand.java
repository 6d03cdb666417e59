package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.PortForwarder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser run port-forward}. */
@Command(
        name = "port-forward",
        description = {
            "Connects each client to another server, passes on what both say, and counts it, until Ctrl-C.",
            "",
            "The other server is looked up and connected to when a client comes. When one side has said all, the other may go on.",
            "",
            "Try it with: hawser run port-forward --to example.org:80, and curl -H 'Host: example.org' 127.0.0.1:7011",
            "",
            Serving.END
        },
        sortOptions = false)
final class PortForwardCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7011);

    @Option(
            names = "--to",
            required = true,
            paramLabel = "HOST:PORT",
            converter = TargetConverter.class,
            description = "The server to connect to.")
    private HostPort target;

    PortForwardCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(address -> new PortForwarder(address, target, streams.out()), "port forward", streams);
    }
}
