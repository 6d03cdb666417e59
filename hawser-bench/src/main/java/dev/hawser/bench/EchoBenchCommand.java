package dev.hawser.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hawser bench echo}: how much CPU time and how long an echoed message takes, server by server. */
@Command(
        name = "echo",
        description = {
            "Measures echo servers on this machine's loopback interface.",
            "",
            "Every server runs in a process of its own, on one core; the load runs on the other: connections that each "
                    + "keep some messages in flight and check what comes back. Servers take turns, round by round. The "
                    + "CPU time per message is the figure that other work on the machine disturbs least.",
            ""
        },
        sortOptions = false)
public final class EchoBenchCommand implements Callable<Integer> {
    static final Columns COLUMNS = new Columns(
            "message", List.of(Figure.ANSWERS_PER_SECOND, Figure.CPU_PER_ANSWER, Figure.P50, Figure.P99, Figure.P999));

    private static final int MAX_IDLE = 1_000_000;
    private static final double USUAL_SECONDS = 0.5;
    private static final int USUAL_ROUNDS = 15;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections open at the same time. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "1",
            description = "Messages in flight on each connection. Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "64",
            description = "Bytes in a message. Default: ${DEFAULT-VALUE}.")
    private int bytes;

    @Option(
            names = "--idle",
            paramLabel = "N",
            defaultValue = "0",
            description = "Measures each server once more with N further connections, which are open and say nothing, "
                    + "and tells how much memory the server holds for one of them. They come from many addresses, "
                    + "so that the limit of open files (ulimit -n) is the only one. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int idle;

    @Option(
            names = "--tls",
            description = "Encrypts: every server speaks TLS by the JDK's engine, with the same certificate, "
                    + TlsIdentity.PROTOCOL + " and " + TlsIdentity.CIPHER_SUITE
                    + "; each message comes as a record of its own.")
    private boolean tls;

    @Option(
            names = "--servers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Servers to measure, of: ${COMPLETION-CANDIDATES}. With --tls those whose "
                            + "names end in -tls, else the others. Default: all of them but those whose names end in -poll and -select.",
            completionCandidates = EchoServers.Names.class)
    private List<String> servers = List.of();

    @Mixin
    private RunOptions options = new RunOptions(USUAL_SECONDS, USUAL_ROUNDS);

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    /** Replaced by picocli before anything is called. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        return Experiment.make(spec, this::experiment);
    }

    private Experiment experiment() throws IOException {
        var load = new EchoLoad(connections, depth, bytes, tls);
        Servers all = tls ? EchoServers.OVER_TLS : EchoServers.SERVERS;
        List<ServerProgram> chosen = all.chosen(servers.isEmpty() ? all.usual() : servers);
        RunOptions.require(!tls || idle == 0, "--idle is for connections in the clear, not for --tls");
        RunOptions.require(idle >= 0 && idle <= MAX_IDLE, "--idle must be 0 to " + MAX_IDLE + ", not " + idle);
        return new Experiment(
                options.plan(load, Entrant.of(chosen, idle)),
                options.json(),
                new Experiment.Need("--connections and --idle", connections + idle, connections),
                new Experiment.Telling(
                        title(),
                        COLUMNS,
                        tls
                                ? List.of(NettyServer.NIO + EchoServers.TLS, NettyServer.EPOLL + EchoServers.TLS)
                                : List.of(CEpollServer.NAME, JdkVirtualThreadServer.NAME, NettyServer.EPOLL),
                        List.of("Netty's also: " + String.join(" ", NettyServer.FLAGS))));
    }

    private String title() {
        return "echo%s: %d connections, %d in flight on each, %d bytes%s; %s"
                .formatted(
                        tls ? " over TLS (" + TlsIdentity.PROTOCOL + ", " + TlsIdentity.CIPHER_SUITE + ")" : "",
                        connections,
                        depth,
                        bytes,
                        idle == 0 ? "" : ", 0 and " + idle + " idle",
                        options.describe());
    }
}
