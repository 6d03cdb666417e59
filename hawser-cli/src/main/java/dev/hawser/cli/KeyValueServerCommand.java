package dev.hawser.cli;

import dev.hawser.examples.KeyValueServer;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser run key-value-server}. */
@Command(
        name = "key-value-server",
        description = {
            "Keeps values by their keys for the programs of this machine, on a Unix socket, until Ctrl-C.",
            "",
            "Its commands are SET key value, GET key, DELETE key, KEYS and QUIT, one on each line. Try it with: socat - "
                    + "UNIX-CONNECT:" + KeyValueServer.PATH,
            "",
            "What it keeps is gone when it ends. A key has 250 bytes at most, a value 8192.",
            "",
            Serving.END
        },
        sortOptions = false)
final class KeyValueServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(
            names = "--listen",
            defaultValue = KeyValueServer.PATH,
            paramLabel = "PATH",
            converter = UnixPathConverter.class,
            description = {
                "The path of its socket; @NAME for one that is no file. A socket that a server left behind there is "
                        + "replaced. Default: ${DEFAULT-VALUE}."
            })
    private SockaddrUn where;

    @Option(
            names = "--entries",
            defaultValue = "10000",
            paramLabel = "COUNT",
            converter = CountConverter.class,
            description = "How many it keeps at most. Default: ${DEFAULT-VALUE}.")
    private int maxEntries;

    KeyValueServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return Serving.untilSignal(
                () -> new KeyValueServer(where, maxEntries, streams.out()),
                e -> FailureText.listening(where, e),
                "key-value server",
                streams);
    }
}
