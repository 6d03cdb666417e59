package dev.hawser.examples;

import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.PortForward;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.reactor.protocols.WrappingFactory;
import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Connects whoever comes to another server, passes on what both say, and counts: {@link PortForward} does the work, and a {@link WrappingFactory}
 * around it looks on.
 */
public final class PortForwarder implements ReactorServer {

    private final PrintStream log;
    private final Reactor reactor;
    private final ListeningPort port;
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong bytesThere = new AtomicLong();
    private final AtomicLong bytesBack = new AtomicLong();

    /** Listens from now on, and connects to the target when somebody comes. */
    public PortForwarder(Sockaddr address, HostPort target, PrintStream log) throws IOException {
        this.log = log;
        this.reactor = Reactor.open();
        try {
            Factory forward = PortForward.toTcp(reactor, target.host(), target.port(), ConnectOptions.DEFAULT)
                    .onUnreachable((client, reason) ->
                            log.println("...not connected: " + client + ": " + reason.getMessage()));
            this.port = reactor.listenTcp(address, new Counting(forward), ListenOptions.DEFAULT);
        } catch (IOException e) {
            reactor.close();
            throw e;
        }
    }

    /** Listens on {@code HOST:PORT}, the first argument, and connects to that of the second. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args[0]);
        PrintStream log = System.out;
        try (PortForwarder forwarder = new PortForwarder(where.toSockaddr(), HostPort.parse(args[1]), log)) {
            log.println("port forward on " + forwarder.address());
            forwarder.serve();
        }
    }

    /** Looks on at each connection. */
    private final class Counting extends WrappingFactory {

        private Counting(Factory forward) {
            super(forward);
        }

        @Override
        protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
            return new ProtocolWrapper(protocol, new Counts());
        }
    }

    /** What passes on one connection. */
    private final class Counts implements ConnectionObserver {

        private long there;
        private long back;

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            clients.incrementAndGet();
            log.println("...connected from: " + connection.getPeer());
        }

        @Override
        public void dataReceived(ProtocolWrapper connection, ByteBuffer data) {
            there += data.remaining();
            bytesThere.addAndGet(data.remaining());
        }

        @Override
        public void dataWritten(ProtocolWrapper connection, ByteBuffer data) {
            back += data.remaining();
            bytesBack.addAndGet(data.remaining());
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            log.println("...ended: " + connection.getPeer() + ": " + counts(there, back));
        }
    }

    private static String counts(long there, long back) {
        return Server.count(there, "byte") + " there, " + Server.count(back, "byte") + " back";
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
        return Server.count(clients.get(), "client") + ", " + counts(bytesThere.get(), bytesBack.get());
    }
}
