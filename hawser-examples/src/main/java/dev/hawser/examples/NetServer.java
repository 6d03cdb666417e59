package dev.hawser.examples;

import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.reactor.application.Application;
import dev.hawser.reactor.application.Service;
import dev.hawser.reactor.application.StreamServerEndpointService;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.endpoints.EndpointSyntaxException;
import dev.hawser.reactor.endpoints.ServerEndpoint;
import dev.hawser.reactor.endpoints.StandardIoEndpoint;
import dev.hawser.reactor.endpoints.TlsServerEndpoint;
import dev.hawser.reactor.protocols.ConnectionObserver;
import dev.hawser.reactor.protocols.LimitConnectionsByPeerFactory;
import dev.hawser.reactor.protocols.LimitTotalConnectionsFactory;
import dev.hawser.reactor.protocols.ProtocolWrapper;
import dev.hawser.reactor.protocols.TimeoutFactory;
import dev.hawser.reactor.protocols.WrappingFactory;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service at any number of endpoints, as people run it: with limits, with an orderly end on a signal, and with a line of what it served. The limits count over all
 * its endpoints.
 */
public final class NetServer {

    private final Reactor reactor;
    private final Application application;
    private final PrintStream out;
    private final Factory factory;
    private final List<StreamServerEndpointService> services = new ArrayList<>();
    private final List<TlsServerEndpoint> withCertificates = new ArrayList<>();
    private final Totals totals;

    /** There is one conversation, and nobody else can come. */
    private boolean standardIoAlone = true;

    /**
     * What a server allows.
     *
     * @param connections how many connections there may be; null: any number
     * @param connectionsPerPeer how many from one address; null: any number
     * @param idle how long nothing may happen on one; null: for ever
     */
    public record Limits(
            @Nullable Integer connections,
            @Nullable Integer connectionsPerPeer,
            @Nullable Duration idle) {}

    /**
     * A server that listens nowhere yet.
     *
     * @param verbose whether each connection is told of
     */
    public NetServer(Reactor reactor, Factory service, Limits limits, PrintStream out, boolean verbose) {
        this.reactor = reactor;
        this.application = new Application(reactor).onReload(this::renew);
        this.out = out;
        this.totals = new Totals(service, verbose ? out : null, this::ended);
        this.factory = limited(totals, limits);
    }

    private Factory limited(Factory service, Limits limits) {
        Factory limited = service;
        if (limits.idle() != null) {
            limited = new TimeoutFactory(reactor, limited, limits.idle(), null);
        }
        if (limits.connectionsPerPeer() != null) {
            limited = new LimitConnectionsByPeerFactory(limited, limits.connectionsPerPeer());
        }
        return limits.connections() == null
                ? limited
                : new LimitTotalConnectionsFactory(limited, limits.connections(), null);
    }

    /** What runs it. */
    public Application application() {
        return application;
    }

    /** Serves there, too. */
    public void listen(ServerEndpoint endpoint) {
        if (endpoint instanceof TlsServerEndpoint tls) {
            withCertificates.add(tls);
        }
        standardIoAlone &= endpoint instanceof StandardIoEndpoint;
        add(new StreamServerEndpointService(endpoint, factory));
    }

    /** Serves something else there, such as metrics. */
    public void listen(ServerEndpoint endpoint, Factory other, String what) {
        StreamServerEndpointService service = new StreamServerEndpointService(endpoint, other);
        application.add(service);
        application.add(new Announcement(() -> out.println(what + " on " + address(service))));
    }

    private void ended() {
        if (standardIoAlone) {
            reactor.stop();
        }
    }

    /** On SIGHUP: certificates are read again. */
    private void renew() {
        for (TlsServerEndpoint endpoint : withCertificates) {
            try {
                endpoint.renew();
                out.println("read again: the certificate of " + endpoint);
            } catch (EndpointSyntaxException e) {
                notRead(endpoint, e.reason());
            } catch (IOException e) {
                notRead(endpoint, e.getMessage());
            }
        }
    }

    private void notRead(TlsServerEndpoint endpoint, @Nullable String reason) {
        out.println("not read: the certificate of " + endpoint + ", which stays as it was: " + reason);
    }

    private void add(StreamServerEndpointService service) {
        services.add(service);
        application.add(service);
    }

    /**
     * Serves until a signal.
     *
     * @param name what it tells itself to be
     * @return the number of the signal
     * @throws IOException if it cannot listen, or the reactor fails
     */
    public int serve(String name) throws IOException {
        application.add(new Announcement(() ->
                services.forEach(service -> out.println(name + " on " + address(service) + ", Ctrl-C stops it"))));
        return application.run();
    }

    private static String address(StreamServerEndpointService service) {
        ListeningPort port = service.port();
        if (port == null) {
            return "nothing";
        }
        return port.getHost().equals(SockaddrUn.UNNAMED)
                ? "standard input and output"
                : port.getHost().toString();
    }

    /** What it has done so far. */
    public String served() {
        return Server.count(totals.connections, "connection") + ", " + Server.count(totals.received, "byte")
                + " received, " + Server.count(totals.sent, "byte") + " sent";
    }

    /** Says something when the services before it have started. */
    private static final class Announcement implements Service {

        private final Runnable say;
        private boolean running;

        Announcement(Runnable say) {
            this.say = say;
        }

        @Override
        public void startService() {
            running = true;
            say.run();
        }

        @Override
        public Deferred<@Nullable Void> stopService() {
            running = false;
            return Deferred.succeed(null);
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    /** Counts what passes. */
    private static final class Totals extends WrappingFactory implements ConnectionObserver {

        private final @Nullable PrintStream log;
        private final Runnable atEnd;
        private long connections;
        private long received;
        private long sent;

        Totals(Factory service, @Nullable PrintStream log, Runnable atEnd) {
            super(service);
            this.log = log;
            this.atEnd = atEnd;
        }

        @Override
        protected ProtocolWrapper wrap(Protocol protocol, @Nullable Sockaddr address) {
            return new ProtocolWrapper(protocol, this);
        }

        @Override
        public void connectionMade(ProtocolWrapper connection) {
            connections++;
            tell("connected from " + name(connection.getPeer()));
        }

        @Override
        public void dataReceived(ProtocolWrapper connection, ByteBuffer data) {
            received += data.remaining();
        }

        @Override
        public void dataWritten(ProtocolWrapper connection, ByteBuffer data) {
            sent += data.remaining();
        }

        @Override
        public void connectionLost(ProtocolWrapper connection, ConnectionLost reason) {
            tell("ended: " + name(connection.getPeer()) + ": " + reason.getMessage());
            atEnd.run();
        }

        private static String name(@Nullable Sockaddr peer) {
            return switch (peer) {
                case SockaddrIn6 six -> six.unmapped().toString();
                case SockaddrUn unix when unix.equals(SockaddrUn.UNNAMED) -> "a Unix socket without a name";
                case null -> "somebody without an address";
                default -> peer.toString();
            };
        }

        private void tell(String what) {
            if (log != null) {
                log.println(what);
            }
        }
    }
}
