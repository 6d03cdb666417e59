package dev.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.socket.SockaddrIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A time server at work on a free port of this machine, its clock stopped. Closing it waits until all of it has ended. */
final class Serving implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What the stopped clock shows. */
    static final String STAMP = "[Mon Nov  2 09:05:01 2026] ";

    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-02T09:05:01.9Z"), ZoneId.of("UTC"));

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final TimeServer server;
    private final FutureTask<Void> task;

    private Serving(Style style) throws IOException {
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        SockaddrIn any = new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0);
        server = style == Style.TCP ? new TcpTimeServer(any, STOPPED, stream) : new UdpTimeServer(any, STOPPED, stream);
        Callable<Void> serve = () -> {
            server.serve();
            return null;
        };
        task = new FutureTask<>(serve);
        Thread.ofVirtual().start(task);
    }

    static Serving start(Style style) throws IOException {
        return new Serving(style);
    }

    TimeServer server() {
        return server;
    }

    HostPort address() {
        return HostPort.parse(server.address().toString());
    }

    String port() {
        return Integer.toString(address().port());
    }

    TimeClient client() throws IOException {
        Style style = server instanceof TcpTimeServer ? Style.TCP : Style.UDP;
        return style.client(address(), PATIENCE);
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Closes the server and waits for it to end. */
    @Override
    public void close() throws IOException {
        server.close();
        assertThat(task).succeedsWithin(PATIENCE);
    }
}
