package dev.hawser.bench;

import java.util.List;

/**
 * The size of the echo scenario.
 *
 * @param connections open at the same time
 * @param depth messages in flight on each
 * @param bytes in each message
 */
record EchoLoad(int connections, int depth, int bytes) {
    static final int MAX_CONNECTIONS = 20_000;
    static final int MAX_DEPTH = 1_024;
    static final int MAX_BYTES = 1 << 20;

    EchoLoad {
        requireWithin("connections", connections, MAX_CONNECTIONS);
        requireWithin("depth", depth, MAX_DEPTH);
        requireWithin("bytes", bytes, MAX_BYTES);
    }

    List<String> toArguments() {
        return List.of(Integer.toString(connections), Integer.toString(depth), Integer.toString(bytes));
    }

    static EchoLoad fromArguments(List<String> arguments) {
        return new EchoLoad(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)));
    }

    private static void requireWithin(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("--" + what + " must be 1 to " + max + ", not " + value);
        }
    }
}
