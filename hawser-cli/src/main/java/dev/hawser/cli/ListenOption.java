package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Server;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Where a server listens: the option of all that have a host and a port. */
final class ListenOption {

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = {
                "Where to listen. No host: every IPv4 address of this machine; port 0: any free one.",
                "Default: ${DEFAULT-VALUE}."
            })
    private HostPort where;

    /** With this machine alone as its default. */
    ListenOption(int port) {
        where = new HostPort("127.0.0.1", port);
    }

    /** Makes a server, which listens from then on. */
    @FunctionalInterface
    interface Maker {
        Server make(Sockaddr address) throws IOException;
    }

    /** Serves there until a signal ends it. */
    int serve(Maker maker, String name, Streams streams) throws IOException {
        return Serving.untilSignal(
                () -> maker.make(where.toSockaddr()), e -> FailureText.listening(where, e), name, streams);
    }
}
