package dev.hawser.bench;

import java.io.IOException;
import java.time.Duration;

/** A way to load a server, and to tell what came of it. Runs in the load process, on one thread. */
interface Scenario {
    /**
     * Loads {@code target} for the time of {@code settling}, then for that of {@code measuring}, which alone counts.
     *
     * @throws IOException where a connection fails, an answer is wrong or answers stay out
     */
    Window measure(Target target, Duration settling, Duration measuring) throws IOException;

    /** The server under load: the loopback port it listens on, and the process whose CPU time is counted. */
    record Target(int port, long pid) {}
}
