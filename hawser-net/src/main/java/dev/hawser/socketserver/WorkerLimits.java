package dev.hawser.socketserver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ForkingMixIn} allows its workers, asked for once, when it first serves.
 *
 * @param processors how many can compute at a time
 */
record WorkerLimits(
        int maxChildren,
        int minSpareWorkers,
        int maxRequestsPerWorker,
        @Nullable Duration requestTimeLimit,
        int processors) {

    WorkerLimits {
        check(maxChildren > 0, "maxChildren() is " + maxChildren + ": there must be one worker at least");
        check(minSpareWorkers >= 0, "minSpareWorkers() is " + minSpareWorkers + ": it can be 0 at least");
        check(
                minSpareWorkers <= maxChildren,
                "minSpareWorkers() is " + minSpareWorkers + ", more than maxChildren(), which is " + maxChildren
                        + ": lower the former or raise the latter");
        check(
                maxRequestsPerWorker > 0,
                "maxRequestsPerWorker() is " + maxRequestsPerWorker + ": a worker must serve one request at least");
        check(
                requestTimeLimit == null || requestTimeLimit.isPositive(),
                "requestTimeLimit() is " + requestTimeLimit + ": it must be more than zero, or null for no limit");
    }

    static WorkerLimits of(ForkingMixIn<?> server) {
        int minSpareWorkers = server.minSpareWorkers();
        return new WorkerLimits(
                server.maxChildren(),
                minSpareWorkers,
                server.maxRequestsPerWorker(),
                server.requestTimeLimit(),
                Runtime.getRuntime().availableProcessors());
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** How many may start at a time: more would only slow each other down. */
    int maxStarting() {
        return Math.max(minSpareWorkers, processors);
    }
}
