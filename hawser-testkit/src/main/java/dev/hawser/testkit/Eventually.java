package dev.hawser.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait for what the kernel or another thread does: they look often. */
public final class Eventually {

    private Eventually() {}

    /** Looks every millisecond, for ten seconds at most. */
    public static ConditionFactory eventually() {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(10));
    }
}
