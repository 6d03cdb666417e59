package dev.hawser.socket.concurrency;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for a condition that another thread brings about. */
public final class Await {

    /** Far more than anything here takes, on the slowest machine. */
    public static final Duration LONG = Duration.ofSeconds(30);

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) {
        until(what, LONG, condition);
    }

    public static void until(String what, Duration atMost, Callable<Boolean> condition) {
        Awaitility.with()
                .alias(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(atMost)
                .until(condition);
    }
}
