package dev.hawser.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Echoed messages in a {@link ClosedLoop}: every connection keeps the same number of messages in flight and sends the next
 * one when one has come back. Latency counts from that sending to the moment the answer was seen, so it holds the time the
 * message waited behind those of the other connections: at full load, mostly that.
 */
final class EchoScenario implements Scenario {
    static final String NAME = "echo";
    static final String NAME_OVER_TLS = "echo-tls";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EchoLoad load;
    private final Duration patience;
    private final BytePattern pattern = new BytePattern();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BytePattern.CHUNK_BYTES);

    EchoScenario(EchoLoad load) {
        this(load, PATIENCE);
    }

    /** With nothing coming back for the time of {@code patience}, the server has failed. */
    EchoScenario(EchoLoad load, Duration patience) {
        this.load = load;
        this.patience = patience;
    }

    @Override
    public Window measure(Target target, Duration settling, Duration measuring) throws IOException {
        List<EchoConnection> connections = new ArrayList<>();
        try (ClosedLoop loop = new ClosedLoop(patience)) {
            connect(new EchoConnection.Way(target.port(), links()), loop, connections);
            loop.settle(settling);
            return loop.measure(target.pid(), measuring);
        } finally {
            for (EchoConnection connection : connections) {
                connection.close();
            }
        }
    }

    private Link.Maker links() throws IOException {
        return load.tls()
                ? new TlsLink.Maker(TlsIdentity.ofThisRun().client(), load.bytes(), patience)
                : Link.Plain::new;
    }

    private void connect(EchoConnection.Way way, ClosedLoop loop, List<EchoConnection> connections) throws IOException {
        for (int number = 0; number < load.connections(); number++) {
            connections.add(new EchoConnection(number, way, load, pattern, buffer, loop.selector()));
        }
        for (EchoConnection connection : connections) {
            connection.start(System.nanoTime());
        }
    }
}
