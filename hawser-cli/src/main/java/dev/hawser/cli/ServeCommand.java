package dev.hawser.cli;

import dev.hawser.examples.NetServer;
import dev.hawser.examples.NetService;
import dev.hawser.metrics.PrometheusFactory;
import dev.hawser.metrics.ReactorMeters;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.application.Application;
import dev.hawser.reactor.endpoints.EndpointSyntaxException;
import dev.hawser.reactor.endpoints.Endpoints;
import dev.hawser.socket.SockaddrUn;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hawser serve}: a service at any number of endpoints, until a signal. */
@Command(
        name = "serve",
        description = {
            "Runs a service at one or more endpoints, until Ctrl-C or SIGTERM.",
            "",
            "The services: time (sends back what it receives, with the time before it), echo, discard, chargen, daytime, qotd, rfc868 (the "
                    + "time in four bytes), port-forward (see --to), chat-room, socks.",
            "",
            "Ctrl-C (SIGINT) and SIGTERM end it in good order: it listens no more, connections have --graceful to come to their end, and a "
                    + "line tells what it served. A second one ends it at once. The exit code is then 130 or 143, as of any program that a "
                    + "signal ended.",
            "",
            "SIGHUP has the certificates of ssl endpoints read again.",
            "",
            "Examples:",
            "  hawser serve time",
            "  hawser serve echo --listen tcp:7 --listen unix:/run/echo.sock",
            "  hawser serve time --listen ssl:8443:privateKey=key.pem:certKey=cert.pem",
            "  hawser serve port-forward --to tcp:example.org:80 --listen tcp:8080",
            "  hawser serve echo --idle-timeout 30s --limit-connections 100 \\",
            "      --metrics tcp:9090:interface=127.0.0.1",
            "",
            "Endpoints:",
            "  tcp:PORT[:interface=ADDRESS]            port 0 is any free one; tcp4, tcp6",
            "  ssl:PORT:privateKey=FILE:certKey=FILE   with TLS",
            "  unix:PATH, unix:@NAME                   @NAME is in no directory",
            "  systemd:NAME, fd:NUMBER                 what listens already",
            "  vsock:PORT                              of a virtual machine",
            "  stdio:                                  one client, as inetd has it",
            "  haproxy:ENDPOINT                        behind a proxy: see --proxy-protocol",
            "A colon or a backslash within a value has a backslash before it.",
            ""
        },
        sortOptions = false,
        exitCodeList = {
            "0:it has ended by itself",
            "1:a failure, told in one line",
            "2:wrong usage",
            "130:SIGINT, such as Ctrl-C",
            "143:SIGTERM"
        })
final class ServeCommand implements Callable<Integer> {

    private static final int OF_A_SIGNAL = 128;

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SERVICE",
            converter = NetServiceConverter.class,
            completionCandidates = NetServiceConverter.Names.class,
            description = "What to serve: ${COMPLETION-CANDIDATES}.")
    private NetService service;

    @Option(
            names = "--listen",
            paramLabel = "ENDPOINT",
            description =
                    "Where; may be given again. Default: a port of this machine alone, which the first line tells.")
    private List<String> listen = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "ENDPOINT",
            description = "Whom port-forward connects its clients to, such as tcp:HOST:PORT.")
    private @Nullable String target;

    @Option(
            names = "--socks-users",
            paramLabel = "FILE",
            description = {
                "Who may use socks, from anywhere: a file with lines",
                "NAME:PASSWORD. Without it, only clients of this machine may, and nobody is asked."
            })
    private @Nullable Path socksUsers;

    @Option(
            names = "--socks-everywhere",
            description = "Lets clients of socks go everywhere, to this machine and its neighbours as well.")
    private boolean socksEverywhere;

    @Option(names = "--quote", paramLabel = "TEXT", description = "What qotd says.")
    private @Nullable String quote;

    @Option(
            names = "--limit-connections",
            paramLabel = "COUNT",
            converter = CountConverter.class,
            description = "How many connections there may be; those above are closed. Default: any number.")
    private @Nullable Integer maxConnections;

    @Option(
            names = "--limit-connections-per-peer",
            paramLabel = "COUNT",
            converter = CountConverter.class,
            description = "How many from one address. Default: any number.")
    private @Nullable Integer maxConnectionsPerPeer;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Closes a connection on which nothing has happened for so long, such as 30s. Default: never.")
    private @Nullable Duration idle;

    @Option(
            names = "--proxy-protocol",
            description =
                    "Clients come through a proxy, whose PROXY header (HAProxy's, version 1 or 2) tells who they are; "
                            + "connections without one are refused.")
    private boolean proxyProtocol;

    @Option(
            names = "--graceful",
            defaultValue = "10s",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long connections may go on after a signal. Default: ${DEFAULT-VALUE}.")
    private Duration graceful;

    @Option(
            names = "--user",
            paramLabel = "USER[:GROUP]",
            description = "Who to become when it listens, for servers that root starts.")
    private @Nullable String user;

    @Option(
            names = "--hot-restart",
            paramLabel = "PATH",
            converter = UnixPathConverter.class,
            description =
                    "Where the next process of this kind asks for what listens here. Started with the same PATH, it takes this one's "
                            + "place, and no connection is refused in between.")
    private @Nullable SockaddrUn control;

    @Option(
            names = "--metrics",
            paramLabel = "ENDPOINT",
            description = "Where Prometheus may GET /metrics: connections, bytes, errors, how late the loop is.")
    private @Nullable String metrics;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tells of each connection.")
    private boolean verbose;

    ServeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        try (Reactor reactor = Reactor.open()) {
            NetServer server = server(reactor);
            try {
                int signal = server.serve(service.toString());
                words().println((streams.interactive() ? "\n" : "") + "served " + server.served());
                return signal == 0 ? 0 : OF_A_SIGNAL + signal;
            } catch (IOException e) {
                throw new CommandFailure(FailureText.serving(e), e);
            }
        }
    }

    /** Where it speaks of itself: standard output may be a client's. */
    private PrintStream words() {
        return listen.stream().anyMatch(each -> each.startsWith("stdio:")) ? streams.err() : streams.out();
    }

    /** All that the arguments may have wrong is found here, before anything listens. */
    private NetServer server(Reactor reactor) throws CommandFailure {
        if (idle != null && idle.isZero()) {
            throw wrongUsage("--idle-timeout 0 would close every connection at once: leave it out for no limit");
        }
        NetServer server = new NetServer(
                reactor,
                factory(reactor),
                new NetServer.Limits(maxConnections, maxConnectionsPerPeer, idle),
                words(),
                verbose);
        for (String each : listen.isEmpty() ? List.of(service.defaultEndpoint()) : listen) {
            server.listen(endpoint(Endpoints::server, reactor, proxyProtocol ? "haproxy:" + each : each));
        }
        if (metrics != null) {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            ReactorMeters.of(reactor, service.toString()).bindTo(registry);
            server.listen(endpoint(Endpoints::server, reactor, metrics), new PrometheusFactory(registry), "metrics");
        }
        Application application = server.application().graceful(graceful);
        if (user != null) {
            String[] parts = user.split(":", 2);
            application.runAs(parts[0], parts.length == 1 ? null : parts[1]);
        }
        if (control != null) {
            application.hotRestart(control);
        }
        return server;
    }

    private Factory factory(Reactor reactor) throws CommandFailure {
        refuseUnless(NetService.PORT_FORWARD, "--to", target);
        refuseUnless(NetService.QOTD, "--quote", quote);
        refuseUnless(NetService.SOCKS, "--socks-users", socksUsers);
        refuseUnless(NetService.SOCKS, "--socks-everywhere", socksEverywhere ? true : null);
        if (service == NetService.SOCKS) {
            return socks(reactor);
        }
        if (service == NetService.PORT_FORWARD) {
            if (target == null) {
                throw wrongUsage("port-forward needs --to ENDPOINT, such as --to tcp:example.org:80");
            }
            return NetService.forward(endpoint(Endpoints::client, reactor, target), words());
        }
        return quote == null ? service.factory(words()) : NetService.qotd(quote);
    }

    private Factory socks(Reactor reactor) throws CommandFailure {
        try {
            return NetService.socks(reactor, socksUsers, socksEverywhere, words());
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
            throw new CommandFailure("cannot read the users of '" + socksUsers + "': " + reason, e);
        }
    }

    private void refuseUnless(NetService which, String option, @Nullable Object value) {
        if (value != null && service != which) {
            throw wrongUsage(option + " is for " + which + " alone");
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private <E> E endpoint(BiFunction<Reactor, String, E> parse, Reactor reactor, String description) {
        try {
            return parse.apply(reactor, description);
        } catch (EndpointSyntaxException e) {
            throw EndpointFailure.of(spec.commandLine(), description, e);
        }
    }
}
