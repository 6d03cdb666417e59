package dev.hawser.bench;

import java.time.Duration;
import java.util.List;

/**
 * What a run consists of.
 *
 * @param load the scenario and its size
 * @param servers in the order in which they take turns
 * @param rounds how many windows each server gets
 * @param warmup load on each server before the first window, for the JIT compilers, in CPU time of the server
 * @param measuring the length of a window
 * @param cores of the servers, and of the load
 */
record BenchPlan(Load load, List<Entrant> servers, int rounds, Duration warmup, Duration measuring, Cores cores) {

    /** Connections are new in each window: this long they run before it starts. */
    private static final Duration LONGEST_SETTLING = Duration.ofMillis(200);

    BenchPlan {
        servers = List.copyOf(servers);
    }

    record Cores(int server, int load) {}

    Duration settling() {
        return measuring.compareTo(LONGEST_SETTLING) < 0 ? measuring : LONGEST_SETTLING;
    }
}
