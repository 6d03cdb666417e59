package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A server at work, in a thread. Closing it waits until all of it has ended. */
final class RunningServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Makes a server that logs to a stream. */
    @FunctionalInterface
    interface Maker {
        Server make(PrintStream log) throws IOException;
    }

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Server server;
    private final FutureTask<Void> task;

    RunningServer(Maker maker) throws IOException {
        server = maker.make(new PrintStream(log, true, StandardCharsets.UTF_8));
        Callable<Void> serve = () -> {
            server.serve();
            return null;
        };
        task = new FutureTask<>(serve);
        Thread.ofVirtual().start(task);
    }

    Server server() {
        return server;
    }

    int port() {
        return HostPort.parse(server.address().toString()).port();
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        assertThat(task).succeedsWithin(PATIENCE);
    }
}
