package dev.hawser.reactor.application;

import dev.hawser.reactor.Reactor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs services as a process of Unix: starts them, gives up privileges, reports to the service manager, and ends on SIGTERM and SIGINT in good
 * order; a second signal ends it at once.
 */
@SuppressWarnings("DoNotCallSuggester") // a draft
public final class Application {

    private final Reactor reactor;
    private final List<Service> services = new ArrayList<>();
    private Duration graceful = Duration.ofSeconds(10);

    /**
     * An application without services.
     *
     * @param reactor what they run on
     */
    public Application(Reactor reactor) {
        this.reactor = reactor;
    }

    /**
     * Adds a service.
     *
     * @param service the service
     * @return this
     */
    public Application add(Service service) {
        services.add(service);
        return this;
    }

    /**
     * How long the services may take to stop.
     *
     * @param limit the time between the first signal and the end
     * @return this
     */
    public Application graceful(Duration limit) {
        graceful = limit;
        return this;
    }

    /**
     * Starts the services, and runs until a signal, or {@link Reactor#stop}.
     *
     * @return the number of the signal that ended it; 0 where none did
     * @throws IOException if a service cannot start, or the reactor fails
     */
    public int run() throws IOException {
        throw new IOException("draft of " + reactor + services + graceful);
    }
}
