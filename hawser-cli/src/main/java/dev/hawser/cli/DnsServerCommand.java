package dev.hawser.cli;

import dev.hawser.examples.DnsServer;
import dev.hawser.examples.HostsTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser run dns-server}. */
@Command(
        name = "dns-server",
        description = {
            "Answers DNS queries for addresses (A and AAAA), over UDP, from a file like /etc/hosts, until Ctrl-C.",
            "",
            "Try it with: dig -p 7053 @127.0.0.1 localhost",
            "",
            "It asks no other server: a name that is not in the file does not exist (NXDOMAIN). An answer has 512 bytes at "
                    + "most. The file is read once, at the start.",
            "",
            Serving.END
        },
        sortOptions = false)
final class DnsServerCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7053);

    @Option(
            names = "--hosts",
            defaultValue = "/etc/hosts",
            paramLabel = "FILE",
            description = "The addresses: on each line one and its names. Default: ${DEFAULT-VALUE}.")
    private Path hosts;

    DnsServerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        HostsTable table = table();
        return listen.serve(address -> new DnsServer(address, table, streams.out()), "dns server", streams);
    }

    private HostsTable table() throws IOException {
        try {
            return HostsTable.read(hosts);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(hosts + ", " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + hosts + "; give another one with --hosts", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + hosts + ": " + e.getMessage(), e);
        }
    }
}
