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

/** A time server at work on a free port of this machine, its clock stopped where it takes one. Closing it waits until all of it has ended. */
final class Serving implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What the stopped clock shows. */
    static final String STAMP = "[Mon Nov  2 09:05:01 2026] ";

    /** A stamp, whatever the time. */
    static final String STAMPED = "\\[\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}] ";

    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-02T09:05:01.9Z"), ZoneId.of("UTC"));

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Style style;
    private final TimeServer server;
    private final FutureTask<Void> task;

    private Serving(Style style) throws IOException {
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        SockaddrIn any = new SockaddrIn(SockaddrIn.INADDR_LOOPBACK, 0);
        this.style = style;
        server = switch (style) {
            case TCP -> new TcpTimeServer(any, STOPPED, stream);
            case UDP -> new UdpTimeServer(any, STOPPED, stream);
            case SOCKETSERVER -> new SocketserverTimeServer(any, stream);
            case FORKING -> new ForkingTimeServer(any, stream);
            case REACTOR -> new ReactorTimeServer(any, STOPPED, stream);
        };
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

    /** An answer with the time of the stopped clock: that of a handler which is a class runs on. */
    static String stopped(String answer) {
        return answer.replaceFirst("^" + STAMPED, STAMP);
    }

    HostPort address() {
        return HostPort.parse(server.address().toString());
    }

    String port() {
        return Integer.toString(address().port());
    }

    TimeClient client() throws IOException {
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
