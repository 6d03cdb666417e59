package dev.hawser.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The size of the echo scenario.
 *
 * @param connections open at the same time
 * @param depth messages in flight on each
 * @param bytes in each message
 * @param tls whether they are encrypted
 */
record EchoLoad(int connections, int depth, int bytes, boolean tls) implements Load {
    static final int MAX_CONNECTIONS = 20_000;
    static final int MAX_DEPTH = 1_024;
    static final int MAX_BYTES = 1 << 20;

    EchoLoad {
        Load.requireWithin("connections", connections, MAX_CONNECTIONS);
        Load.requireWithin("depth", depth, MAX_DEPTH);
        Load.requireWithin("bytes", bytes, MAX_BYTES);
    }

    /** In the clear. */
    EchoLoad(int connections, int depth, int bytes) {
        this(connections, depth, bytes, false);
    }

    @Override
    public String scenario() {
        return tls ? EchoScenario.NAME_OVER_TLS : EchoScenario.NAME;
    }

    @Override
    public List<String> flags(Workshop workshop) throws IOException {
        return tls ? List.of(TlsIdentity.flag(workshop)) : List.of();
    }

    @Override
    public SequencedMap<String, Integer> sizes() {
        SequencedMap<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("connections", connections);
        sizes.put("depth", depth);
        sizes.put("bytes", bytes);
        return sizes;
    }

    static EchoLoad fromArguments(List<String> arguments, boolean tls) {
        return new EchoLoad(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                tls);
    }
}
