package dev.hawser.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The size of the scenario of short requests.
 *
 * @param clients that ask at the same time
 */
record RequestLoad(int clients) implements Load {
    /** Fewer than {@link PortServer#BACKLOG}: a client that finds the queue full would wait a second before it tries again. */
    static final int MAX_CLIENTS = 4_000;

    RequestLoad {
        Load.requireWithin("clients", clients, MAX_CLIENTS);
    }

    @Override
    public String scenario() {
        return RequestScenario.NAME;
    }

    @Override
    public SequencedMap<String, Integer> sizes() {
        return new LinkedHashMap<>(Map.of("clients", clients));
    }

    static RequestLoad fromArguments(List<String> arguments) {
        return new RequestLoad(Integer.parseInt(arguments.getFirst()));
    }
}
