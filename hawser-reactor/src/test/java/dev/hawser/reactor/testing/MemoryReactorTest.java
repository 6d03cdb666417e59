package dev.hawser.reactor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectOptions;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListenOptions;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.Reactor.Phase;
import dev.hawser.reactor.Reactor.SystemEvent;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryReactorTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final List<String> told = new ArrayList<>();

    /** Notes what it is told, and connects again after a failure. */
    private final class Client implements ClientFactory {
        private final Recorder protocol = new Recorder();

        @Override
        public Protocol buildProtocol(Sockaddr address) {
            return protocol;
        }

        @Override
        public void doStart() {
            told.add("start");
        }

        @Override
        public void doStop() {
            told.add("stop");
        }

        @Override
        public void startedConnecting(Connector connector) {
            told.add("connecting to " + connector.getDestination());
        }

        @Override
        public void clientConnectionFailed(Connector connector, IOException reason) {
            told.add("failed: " + reason.getMessage());
            if (((MemoryConnector) connector).attempts() == 1) {
                connector.connect();
            }
        }

        @Override
        public void clientConnectionLost(Connector connector, ConnectionLost reason) {
            told.add("lost " + reason.reason());
        }
    }

    @Test
    void aPortTellsWhatItWasGivenAndAcceptsTheTestsClients() {
        Recorder server = new Recorder();
        Factory factory = Factory.of(() -> server);
        ListenOptions options = ListenOptions.DEFAULT.withBacklog(5);
        var listening = reactor.listenTcp(SockaddrIn.of("127.0.0.1", 0), factory, options);
        MemoryPort port = reactor.ports().getFirst();
        AccumulatingProtocol client = new AccumulatingProtocol();

        ProtocolPair pair = port.accept(client);
        server.write("hello");
        reactor.flush();

        assertThat(port.factory()).isSameAs(factory);
        assertThat(port.options()).isEqualTo(options);
        assertThat(((SockaddrIn) listening.getHost()).port()).isPositive();
        assertThat(client.text()).isEqualTo("hello");
        assertThat(server.transport().reactor()).isSameAs(reactor);
        assertThat(pair.isClosed()).isFalse();
    }

    @Test
    void aPortThatIsPausedOrHasStoppedAcceptsNobody() {
        var listening = reactor.listenTcp(80, Factory.of(Recorder::new));
        MemoryPort port = reactor.ports().getFirst();
        listening.pauseAccepting();
        assertThatIllegalStateException()
                .isThrownBy(() -> port.accept(new Recorder()))
                .withMessageContaining("paused");
        listening.resumeAccepting();
        assertThat(port.accept(new Recorder())).isNotNull();
        listening.stopListening();

        assertThat(port.isAccepting()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> port.accept(new Recorder()))
                .withMessageContaining("no more");
    }

    @Test
    void aFactoryMayRefuse() {
        reactor.listenTcp(80, address -> null);

        assertThat(reactor.ports().getFirst().accept(new Recorder())).isNull();
    }

    @Test
    void aClientFactoryIsToldWhatTheTestDecides() {
        Client client = new Client();
        reactor.connectTcp("example.org", 80, client, ConnectOptions.DEFAULT);
        MemoryConnector connector = reactor.connectors().getFirst();
        connector.fail(new ConnectException("refused"));
        AccumulatingProtocol server = new AccumulatingProtocol();
        connector.succeed(server);
        client.protocol.write("hello");
        connector.disconnect();
        reactor.flush();

        assertThat(server.text()).isEqualTo("hello");
        assertThat(told)
                .containsExactly(
                        "start",
                        "connecting to example.org:80",
                        "failed: refused",
                        "connecting to example.org:80",
                        "lost DONE",
                        "stop");
        assertThatIllegalStateException().isThrownBy(() -> connector.succeed(new Recorder()));
    }

    @Test
    void anAttemptMayBeGivenUp() {
        reactor.connectTcp("example.org", 80, new Client(), ConnectOptions.DEFAULT);
        MemoryConnector connector = reactor.connectors().getFirst();
        connector.stopConnecting();
        connector.stopConnecting();

        assertThat(told).endsWith("failed: the attempt to connect to example.org:80 was given up", "stop");
        assertThat(connector.isConnecting()).isFalse();
        assertThatIllegalStateException().isThrownBy(connector::stopConnecting);
    }

    @Test
    void itRunsUntilItIsStoppedAndMayRunAgain() {
        reactor.addSystemEventTrigger(Phase.BEFORE, SystemEvent.SHUTDOWN, () -> told.add("shutdown"));
        for (int i = 0; i < 2; i++) {
            reactor.callWhenRunning(() -> told.add("running"));
            reactor.callFromThread(reactor::stop);
            reactor.run();
        }

        assertThat(told).containsExactly("running", "shutdown", "running");
        assertThatIllegalStateException().isThrownBy(reactor::run).withMessageContaining("nobody has stopped");
    }

    @Test
    void timeIsTheTests() {
        reactor.callLater(Duration.ofSeconds(1), () -> told.add("later"));
        reactor.advance(Duration.ofMillis(999));
        assertThat(told).isEmpty();
        reactor.advance(Duration.ofMillis(1));

        assertThat(told).containsExactly("later");
        assertThat(reactor.nanoTime()).isEqualTo(reactor.clock().nanoTime());
    }

    @Test
    void hostsAreWhatTheTestSays() {
        reactor.setHost("example.org", List.of(SockaddrIn.of("192.0.2.1", 0)));
        reactor.resolve("example.org").addCallback(found -> told.add(found.toString()));
        reactor.resolve("example.com").addErrback(failure -> {
            told.add(failure.getMessage());
            return List.of();
        });

        assertThat(told).containsExactly("[192.0.2.1:0]", "example.com: not given by setHost");
    }

    @Test
    void closeEndsPortsAndConnections() {
        Recorder server = new Recorder();
        reactor.listenTcp(80, Factory.of(() -> server));
        reactor.ports().getFirst().accept(new Recorder());
        reactor.close();

        assertThat(server.told).containsExactly("made", "lost LOST");
        assertThat(reactor.ports().getFirst().isAccepting()).isFalse();
    }

    @Test
    void whatNeedsAKernelSaysSo() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> reactor.adoptStreamPort(3, Factory.of(Recorder::new)))
                .withMessageContaining("Reactor.open()");
    }
}
