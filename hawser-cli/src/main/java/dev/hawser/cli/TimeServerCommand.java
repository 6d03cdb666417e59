package dev.hawser.cli;

import dev.hawser.examples.HostPort;
import dev.hawser.examples.Style;
import dev.hawser.examples.TimeServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser run time-server}. */
@Command(
        name = "time-server",
        description = {
            "Sends back what clients send, with the time before it, until Ctrl-C.",
            "",
            "Ctrl-C (SIGINT) and SIGTERM disconnect the clients and end it with a line of what it served. The exit code is "
                    + "then 130 or 143, as of any program that a signal ended."
        },
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
            description = {
                "Where to listen. No host: every IPv4 address of this machine; port 0: any free one.",
                "Default: ${DEFAULT-VALUE}."
            })
    private HostPort where;

    TimeServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = streams.out();
        try (TimeServer server = listening()) {
            out.println(StyleConverter.nameOf(style) + " time server on " + server.address() + ", Ctrl-C stops it");
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, ended), "hawser-stop"));
            try {
                server.serve();
            } finally {
                out.println((streams.interactive() ? "\n" : "") + "served " + server.served());
                out.flush();
                ended.countDown();
            }
            return 0;
        }
    }

    private TimeServer listening() throws IOException {
        try {
            return style.server(where.toSockaddr(), streams.out());
        } catch (IOException e) {
            throw new CommandFailure(FailureText.listening(where, e), e);
        }
    }

    /** What a signal sets off. The process ends when this returns, so it waits until the server has. */
    private static void stop(TimeServer server, CountDownLatch ended) {
        try {
            server.close();
            ended.await();
        } catch (IOException | InterruptedException e) {
            System.err.println("hawser: " + e.getMessage());
        }
    }
}
