package dev.hawser.examples;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time server, driven by events: one thread serves all clients, and waits for none of them. The factory makes a {@link Stamper} for
 * each connection, and the reactor calls it when something has come.
 *
 * <p>TCP carries a stream of bytes, not messages: a message here is whatever one call of {@code dataReceived} brings.
 */
public final class ReactorTimeServer implements TimeServer, ReactorServer {

    private final PrintStream log;
    private final Reactor reactor;
    private final ListeningPort port;
    private final AtomicLong clients = new AtomicLong();

    /** Listens from now on: a client that connects before {@link #serve} waits. */
    public ReactorTimeServer(Sockaddr address, Clock clock, PrintStream log) throws IOException {
        this.log = log;
        this.reactor = Reactor.open();
        try {
            this.port = reactor.listenTcp(address, stampers(clock, clients, log), ListenOptions.DEFAULT);
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Makes what serves a client: counts it, and tells the log of it. */
    static Factory stampers(Clock clock, AtomicLong clients, PrintStream log) {
        return Factory.of(() -> new Stamper(clock, clients, log));
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 21567 of every address of this machine. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : ":" + PORT);
        new ReactorTimeServer(where.toSockaddr(), Clock.system(ZoneId.systemDefault()), System.out).serve();
    }

    @Override
    public void serve() throws IOException {
        log.println("waiting for connection...");
        ReactorServer.super.serve();
    }

    @Override
    public Reactor reactor() {
        return reactor;
    }

    @Override
    public Sockaddr address() {
        return port.getHost();
    }

    @Override
    public String served() {
        return Server.count(clients.get(), "client");
    }

    /** One client. */
    private static final class Stamper extends Protocol {

        private final Clock clock;
        private final AtomicLong clients;
        private final PrintStream log;

        private Stamper(Clock clock, AtomicLong clients, PrintStream log) {
            this.clock = clock;
            this.clients = clients;
            this.log = log;
        }

        @Override
        public void connectionMade() {
            clients.incrementAndGet();
            log.println("...connected from: " + transport().getPeer());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            byte[] message = new byte[data.remaining()];
            data.get(message);
            transport()
                    .write(Ctime.stamp(
                            clock, message)); // does not wait: what the client does not read yet is kept for it
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            if (reason.reason() == ConnectionLost.Reason.LOST) {
                log.println("...lost: " + transport().getPeer() + ": " + reason.getMessage());
            }
        }
    }
}
