package dev.hawser.bench;

import dev.hawser.reactor.BackendKind;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.TcpOptions;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Hawser's event-driven style: a {@link Protocol} that writes what it is told of. How much is received at a time is the reactor's
 * affair, and not {@link #BUFFER_BYTES}: all connections of a loop share one buffer.
 */
final class HawserReactorServer implements EchoServer {
    static final String EPOLL = "hawser-reactor";
    static final String POLL = "hawser-reactor-poll";
    static final String SELECT = "hawser-reactor-select";

    private final BackendKind kind;
    private final boolean tls;

    HawserReactorServer(BackendKind kind, boolean tls) {
        this.kind = kind;
        this.tls = tls;
    }

    @Override
    public void serve(int port, Ready ready) throws IOException {
        try (Reactor reactor = Reactor.open(kind)) {
            ListeningPort listening = listen(reactor, SockaddrIn.of("127.0.0.1", port));
            ready.listeningOn(((SockaddrIn) listening.getHost()).port());
            reactor.run();
        }
    }

    private ListeningPort listen(Reactor reactor, SockaddrIn address) throws IOException {
        Factory echo = Factory.of(Echo::new);
        ListenOptions options = ListenOptions.DEFAULT.withBacklog(BACKLOG);
        if (!tls) {
            return reactor.listenTcp(address, echo, options);
        }
        TlsContext context = TlsIdentity.ofThisRun().server();
        return reactor.listenTls(address, echo, () -> context, options);
    }

    private static final class Echo extends Protocol {
        @Override
        public void connectionMade() {
            try {
                transport().setSockOpt(TcpOptions.TCP_NODELAY, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport().write(data);
        }
    }
}
