package dev.hawser.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Short requests in a {@link ClosedLoop}, a connection each: a client connects, sends a line, reads the same line and then the
 * end, and comes again. Latency counts from before the connect to the end that was seen.
 *
 * <p>The server closes first, so the ports that are held for a minute (TIME_WAIT) are of its own side: a client takes its port
 * again as soon as it wants it.
 */
final class RequestScenario implements Scenario {
    static final String NAME = "requests";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RequestLoad load;
    private final Duration patience;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RequestClient.LONGEST_LINE + 1);

    RequestScenario(RequestLoad load) {
        this(load, PATIENCE);
    }

    /** With nothing coming back for the time of {@code patience}, the server has failed. */
    RequestScenario(RequestLoad load, Duration patience) {
        this.load = load;
        this.patience = patience;
    }

    @Override
    public Window measure(Target target, Duration settling, Duration measuring) throws IOException {
        List<RequestClient> clients = new ArrayList<>();
        try (ClosedLoop loop = new ClosedLoop(patience)) {
            for (int number = 0; number < load.clients(); number++) {
                var client = new RequestClient(number, Loopback.port(target.port()), buffer, loop.selector());
                clients.add(client);
                client.ask(System.nanoTime());
            }
            loop.settle(settling);
            return loop.measure(target.pid(), measuring);
        } finally {
            for (RequestClient client : clients) {
                client.close();
            }
        }
    }
}
