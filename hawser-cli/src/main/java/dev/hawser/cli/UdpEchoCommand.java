package dev.hawser.cli;

import dev.hawser.examples.UdpEcho;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser run udp-echo}. */
@Command(
        name = "udp-echo",
        description = {
            "Sends each datagram back to whoever sent it, on the reactor, until Ctrl-C.",
            "",
            "Try it with: socat - UDP:127.0.0.1:7007",
            "",
            Serving.END
        },
        sortOptions = false)
final class UdpEchoCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7007);

    UdpEchoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(address -> new UdpEcho(address, streams.out()), "udp echo", streams);
    }
}
