package dev.hawser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tiny real runs, processes and all. How fast anything is, they do not ask. */
class BenchRunTest {
    private static final EchoLoad LOAD = new EchoLoad(4, 2, 64);

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void measuresEveryServerAndLeavesNoProcessBehind() throws Exception {
        List<ServerResult> results = run(Entrant.of(EchoServers.SERVERS.all(), 0));

        assertThat(results).extracting(ServerResult::server).isEqualTo(EchoServers.SERVERS.names());
        assertThat(results).filteredOn(ServerResult::isComplete).hasSizeGreaterThanOrEqualTo(3);
        assertThat(results).noneMatch(result -> result.outcome() == ServerResult.Outcome.FAILED);
        assertThat(results).flatExtracting(ServerResult::windows).allSatisfy(window -> {
            // Messages count only once every byte of theirs was found right.
            assertThat(window.answers()).isPositive();
            assertThat(window.cpuNanos()).isPositive();
        });
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("round 1 of 1, jdk-selector");
    }

    @Test
    void measuresEveryServerOverTls() throws Exception {
        List<ServerResult> results = run(new EchoLoad(4, 2, 64, true), Entrant.of(EchoServers.OVER_TLS.all(), 0));

        assertThat(results).extracting(ServerResult::server).isEqualTo(EchoServers.OVER_TLS.names());
        assertThat(results).noneMatch(result -> result.outcome() == ServerResult.Outcome.FAILED);
        assertThat(results)
                .filteredOn(ServerResult::isComplete)
                .hasSizeGreaterThanOrEqualTo(2)
                .flatExtracting(ServerResult::windows)
                .allSatisfy(window -> assertThat(window.answers()).isPositive());
    }

    @Test
    void aServerThatSpeaksNoTlsDropsOut() throws Exception {
        ServerProgram plain =
                EchoServers.SERVERS.named(HawserReactorServer.EPOLL).orElseThrow();

        List<ServerResult> results = run(new EchoLoad(4, 2, 64, true), Entrant.of(List.of(plain), 0));

        assertThat(results.getFirst().outcome()).isEqualTo(ServerResult.Outcome.FAILED);
        assertThat(results.getFirst().reason()).isNotEmpty();
    }

    @Test
    void measuresMessagesOfManyRecordsOverTls() throws Exception {
        ServerProgram reactor = EchoServers.OVER_TLS
                .named(HawserReactorServer.EPOLL + EchoServers.TLS)
                .orElseThrow();

        List<ServerResult> results = run(new EchoLoad(1, 2, EchoLoad.MAX_BYTES, true), Entrant.of(List.of(reactor), 0));

        assertThat(results).allMatch(ServerResult::isComplete);
    }

    @Test
    void measuresAServerOnceMoreWithConnectionsThatAreIdle() throws Exception {
        List<ServerResult> results = run(Entrant.of(
                List.of(EchoServers.SERVERS.named(HawserSelectorServer.EPOLL).orElseThrow()), 50));

        assertThat(results).extracting(ServerResult::label).containsExactly("hawser-epoll", "hawser-epoll +50 idle");
        assertThat(results)
                .allMatch(ServerResult::isComplete)
                .flatExtracting(ServerResult::windows)
                .hasSize(2);
        assertThat(results.getLast().memory()).satisfies(memory -> {
            assertThat(memory.connections()).isEqualTo(37);
            assertThat(memory.heapBytes())
                    .isNotZero(); // of so few, the sign is chance: the JVM frees more than they take
        });
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .contains("39 of 50 idle connections to hawser-epoll", "50 of 50 idle connections to hawser-epoll");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aServerThatHoldsNoIdleConnectionsDropsOut() throws Exception {
        var deaf = new Program("deaf", List.of("python3", "-c", """
                import socket, sys
                s = socket.create_server(('127.0.0.1', 0))
                print(s.getsockname()[1], flush=True)
                while True:
                    s.accept()[0].close()
                """));

        List<ServerResult> results = run(List.of(new Entrant(deaf, 5)));

        assertThat(results).extracting(ServerResult::outcome).containsExactly(ServerResult.Outcome.FAILED);
        assertThat(results.getFirst().reason())
                .matches(
                        "idle connections to deaf ended: connection 1 of 5: (the server does not echo|Connection reset)");
    }

    @Test
    void reportsAServerThatDoesNotStartAndMeasuresTheOthers() throws Exception {
        List<ServerProgram> programs = List.of(
                new Program("broken", List.of("sh", "-c", "echo no luck today >&2; exit 3")),
                new Program("chatty", List.of("echo", "hello")),
                EchoServers.SERVERS.named(JdkVirtualThreadServer.NAME).orElseThrow());

        List<ServerResult> results = run(Entrant.of(programs, 0));

        assertThat(results)
                .extracting(ServerResult::outcome)
                .containsExactly(
                        ServerResult.Outcome.FAILED, ServerResult.Outcome.FAILED, ServerResult.Outcome.COMPLETE);
        assertThat(results.get(0).reason()).isEqualTo("broken ended: no luck today");
        assertThat(results.get(1).reason()).isEqualTo("its first line is no port: hello");
    }

    @Test
    void aServerThatFindsOutItselfThatItCannotRunIsNoFailure() throws Exception {
        var choosy = new Program("choosy", List.of("echo", "unavailable no such device"));

        List<ServerResult> results = run(Entrant.of(List.of(choosy), 0));

        assertThat(results).extracting(ServerResult::outcome).containsExactly(ServerResult.Outcome.UNAVAILABLE);
        assertThat(results.getFirst().reason()).isEqualTo("no such device");
    }

    @Test
    void serversEndWithTheirParent() throws Exception {
        List<ProcessHandle> children = new ArrayList<>();
        try (Workshop workshop = new Workshop()) {
            for (ServerProgram server : EchoServers.SERVERS.all()) {
                start(server, workshop).ifPresent(children::add);
            }
            assertThat(children).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    private static Optional<ProcessHandle> start(ServerProgram server, Workshop workshop) throws Exception {
        try {
            ChildProcess child = workshop.start(server.name(), 0, server.command(workshop));
            String first = child.hear(Duration.ofSeconds(20));
            if (first.startsWith(ServerProgram.UNAVAILABLE)) {
                return Optional.empty();
            }
            assertThat(Integer.parseInt(first)).isPositive();
            return ProcessHandle.of(child.pid());
        } catch (ServerProgram.UnavailableException e) {
            return Optional.empty();
        }
    }

    private List<ServerResult> run(List<Entrant> servers) throws Exception {
        return run(LOAD, servers);
    }

    private List<ServerResult> run(EchoLoad load, List<Entrant> servers) throws Exception {
        var cores = new BenchPlan.Cores(0, Pinning.isUsable(1) ? 1 : 0);
        var plan = new BenchPlan(load, servers, 1, Duration.ZERO, Duration.ofMillis(200), cores);
        return new BenchRun(plan, new Progress(new PrintStream(progress, true, StandardCharsets.UTF_8), false)).run();
    }

    private record Program(String name, List<String> words) implements ServerProgram {
        @Override
        public List<String> command(Workshop workshop) {
            return words;
        }
    }
}
