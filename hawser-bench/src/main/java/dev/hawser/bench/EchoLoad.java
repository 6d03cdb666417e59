package dev.hawser.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The size of the echo scenario.
 *
 * @param connections open at the same time
 * @param depth messages in flight on each
 * @param bytes in each message
 */
record EchoLoad(int connections, int depth, int bytes) implements Load {
    static final int MAX_CONNECTIONS = 20_000;
    static final int MAX_DEPTH = 1_024;
    static final int MAX_BYTES = 1 << 20;

    EchoLoad {
        Load.requireWithin("connections", connections, MAX_CONNECTIONS);
        Load.requireWithin("depth", depth, MAX_DEPTH);
        Load.requireWithin("bytes", bytes, MAX_BYTES);
    }

    @Override
    public String scenario() {
        return EchoScenario.NAME;
    }

    @Override
    public SequencedMap<String, Integer> sizes() {
        SequencedMap<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("connections", connections);
        sizes.put("depth", depth);
        sizes.put("bytes", bytes);
        return sizes;
    }

    static EchoLoad fromArguments(List<String> arguments) {
        return new EchoLoad(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)));
    }
}
