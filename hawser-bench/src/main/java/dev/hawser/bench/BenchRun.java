package dev.hawser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: starts the servers and the load, warms each server up, then measures them in turn, round by round, so that
 * whatever else the machine does meanwhile hits all alike.
 *
 * <p>Servers stay up for the whole run and sleep while others are measured. Starting them anew for each round was tried:
 * after 5 s of warm-up each time, JVMs still took 10 to 20 % more CPU time than they settle at, and the ratios of two such
 * rounds lay 5 % apart, where those of three whole runs with lasting servers lay 2 % apart.
 */
final class BenchRun {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    /** On top of the time a request asks for: connecting, a stall noticed, a slow machine. */
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(20);

    /** How many times as long as planned a warm-up may take. */
    private static final int LONGEST_WARMUP = 3;

    private final BenchPlan plan;
    private final Progress progress;

    BenchRun(BenchPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs the plan; no process of it is left when this returns. */
    List<ServerResult> run() throws BenchException, IOException, InterruptedException {
        try (Workshop workshop = new Workshop()) {
            ChildProcess load = startLoad(workshop);
            List<Entry> entries = new ArrayList<>();
            for (Entrant server : plan.servers()) {
                entries.add(start(server, workshop));
            }
            progress.begin(plannedWork(entries.stream().filter(Entry::isRunning).count()));
            warmUpAll(entries.stream().filter(Entry::isRunning).toList(), load);
            for (int round = 1; round <= plan.rounds(); round++) {
                measureAll(entries, load, round);
            }
            return entries.stream().map(Entry::result).toList();
        } finally {
            progress.end();
        }
    }

    private void warmUpAll(List<Entry> entries, ChildProcess load) throws BenchException, InterruptedException {
        for (Entry entry : entries) {
            progress.step("warming up " + entry.label(), plan.warmup());
            warmUp(entry, load);
        }
    }

    /**
     * Counts the server's CPU time, not the clock's: on a busy machine, compilers get as little done as servers. But some
     * servers never fill their core, so the clock has the last word.
     */
    private void warmUp(Entry entry, ChildProcess load) throws BenchException, InterruptedException {
        long deadline =
                System.nanoTime() + plan.warmup().multipliedBy(LONGEST_WARMUP).toNanos();
        long left = plan.warmup().toNanos();
        while (entry.isRunning() && left > 0 && System.nanoTime() - deadline < 0) {
            left -= ask(load, entry, Duration.ZERO, plan.measuring())
                    .map(Window::cpuNanos)
                    .orElse(0L);
        }
    }

    private void measureAll(List<Entry> entries, ChildProcess load, int round)
            throws BenchException, InterruptedException {
        for (Entry entry : entries) {
            if (entry.isRunning()) {
                String what = "round " + round + " of " + plan.rounds() + ", " + entry.label();
                progress.step(what, plan.settling().plus(plan.measuring()));
                ask(load, entry, plan.settling(), plan.measuring()).ifPresent(entry.windows::add);
            }
        }
    }

    private Duration plannedWork(long servers) {
        Duration rounds = plan.settling().plus(plan.measuring()).multipliedBy(plan.rounds());
        return plan.warmup().plus(rounds).multipliedBy(servers);
    }

    private ChildProcess startLoad(Workshop workshop) throws IOException {
        String[] words = Stream.concat(Stream.of(plan.load().scenario()), plan.load().toArguments().stream())
                .toArray(String[]::new);
        List<String> flags = plan.load().flags(workshop);
        return workshop.start("load", plan.cores().load(), JavaLauncher.commandWith(flags, LoadMain.class, words));
    }

    private Entry start(Entrant server, Workshop workshop) throws IOException, InterruptedException {
        Entry entry = new Entry(server);
        try {
            List<String> command = server.program().command(workshop);
            ChildProcess process = workshop.start(server.label(), plan.cores().server(), command);
            entry.processes.add(process);
            entry.port = portIn(process.hear(START_PATIENCE));
            if (server.idle() > 0) {
                entry.processes.add(openIdle(entry, workshop));
            }
        } catch (ServerProgram.UnavailableException e) {
            entry.drop(ServerResult.Outcome.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (BenchException e) {
            entry.drop(ServerResult.Outcome.FAILED, String.valueOf(e.getMessage()));
        }
        return entry;
    }

    /** What the first quarter costs is not counted: much of it is the server's coming to life. */
    private ChildProcess openIdle(Entry entry, Workshop workshop)
            throws BenchException, IOException, InterruptedException {
        Entrant server = entry.server;
        String name = server.program().name();
        List<IdleMemory> quarters = new ArrayList<>();
        progress.note("opening idle connections to " + name);
        ChildProcess holder = IdleConnections.open(workshop, plan.cores().load(), server, entry.port, opened -> {
            progress.note(opened + " of " + server.idle() + " idle connections to " + name);
            quarters.add(MemoryProbe.ask(server.program(), entry.process(), opened));
        });
        if (quarters.size() > 1) {
            entry.memory = quarters.getLast().since(quarters.getFirst());
        }
        return holder;
    }

    private static int portIn(String line) throws BenchException, ServerProgram.UnavailableException {
        if (line.startsWith(ServerProgram.UNAVAILABLE)) {
            throw new ServerProgram.UnavailableException(line.substring(ServerProgram.UNAVAILABLE.length()));
        }
        try {
            return Integer.parseInt(line);
        } catch (NumberFormatException e) {
            throw new BenchException("its first line is no port: " + line);
        }
    }

    /** Has the load process load this server; a server that fails drops out, a load process that fails ends the run. */
    private Optional<Window> ask(ChildProcess load, Entry entry, Duration settling, Duration measuring)
            throws BenchException, InterruptedException {
        Scenario.Target target = new Scenario.Target(entry.port, entry.pid());
        load.say(new LoadMain.Request(target, settling, measuring).toLine());
        String answer = load.hear(settling.plus(measuring).plus(ANSWER_PATIENCE));
        if (answer.startsWith(LoadMain.MEASURED)) {
            return Optional.of(Window.fromLine(answer.substring(LoadMain.MEASURED.length())));
        }
        String reason = answer.startsWith(LoadMain.FAILED) ? answer.substring(LoadMain.FAILED.length()) : answer;
        entry.drop(ServerResult.Outcome.FAILED, reason);
        return Optional.empty();
    }

    /** A server while it takes part. */
    private static final class Entry {
        private final Entrant server;
        private final List<Window> windows = new ArrayList<>();

        /** The server, and then the holder of its idle connections. */
        private final List<ChildProcess> processes = new ArrayList<>();

        private ServerResult.Outcome outcome = ServerResult.Outcome.COMPLETE;
        private String reason = "";
        private int port;
        private @Nullable IdleMemory memory;

        Entry(Entrant server) {
            this.server = server;
        }

        String label() {
            return server.label();
        }

        ChildProcess process() {
            return processes.getFirst();
        }

        long pid() {
            return process().pid();
        }

        boolean isRunning() {
            return outcome == ServerResult.Outcome.COMPLETE;
        }

        void drop(ServerResult.Outcome how, String why) {
            outcome = how;
            reason = why;
            processes.forEach(ChildProcess::close);
        }

        ServerResult result() {
            return new ServerResult(server.program().name(), server.idle(), outcome, windows, reason, memory);
        }
    }
}
