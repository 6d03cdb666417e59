package dev.hawser.cli;

import dev.hawser.examples.AsyncoreEchoServer;
import dev.hawser.examples.HostPort;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser run asyncore-echo-server}. */
@Command(
        name = "asyncore-echo-server",
        description = {
            "Sends back what clients send, to all of them in one thread, until Ctrl-C.",
            "",
            "Try it with: socat - TCP:127.0.0.1:7007, or curl telnet://127.0.0.1:7007",
            "",
            "Ctrl-C (SIGINT) and SIGTERM disconnect the clients and end it with a line of what it served. The exit code is "
                    + "then 130 or 143, as of any program that a signal ended."
        },
        sortOptions = false)
final class EchoServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:7007",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = {
                "Where to listen. No host: every IPv4 address of this machine; port 0: any free one.",
                "Default: ${DEFAULT-VALUE}."
            })
    private HostPort where;

    EchoServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return Serving.untilSignal(
                () -> new AsyncoreEchoServer(where.toSockaddr(), streams.out()), where, "echo server", streams);
    }
}
