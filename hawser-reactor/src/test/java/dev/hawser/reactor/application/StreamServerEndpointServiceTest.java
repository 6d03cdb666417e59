package dev.hawser.reactor.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.reactor.Factory;
import dev.hawser.reactor.ListeningPort;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.TlsFactory;
import dev.hawser.reactor.defer.Deferred;
import dev.hawser.reactor.testing.AccumulatingProtocol;
import dev.hawser.reactor.testing.MemoryPort;
import dev.hawser.reactor.testing.MemoryReactor;
import dev.hawser.testkit.Certificates;
import dev.hawser.tls.TlsContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamServerEndpointServiceTest {

    private final MemoryReactor reactor = new MemoryReactor();
    private final StreamServerEndpointService service =
            new StreamServerEndpointService(Listening.tcp(reactor), Factory.of(Echo::new));

    private MemoryPort port() {
        return reactor.ports().getLast();
    }

    @Test
    void itListensWithPrivilegesAndAcceptsWhenItStarts() {
        assertThat(service.privilegedStartService().isCalled()).isTrue();
        assertThat(port().isAccepting()).isFalse();
        service.startService();
        assertThat(port().isAccepting()).isTrue();
        assertThat(reactor.ports()).hasSize(1);
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void aStartAloneListens() {
        service.startService();
        assertThat(port().isAccepting()).isTrue();
    }

    @Test
    void aPortThatComesAfterTheStartAccepts() {
        Deferred<ListeningPort> later = new Deferred<>();
        StreamServerEndpointService slow = new StreamServerEndpointService(factory -> later, Factory.of(Echo::new));
        slow.startService();
        assertThat(slow.port()).isNull();
        later.callback(reactor.listenTcp(1, Factory.of(Echo::new)));
        assertThat(slow.port()).isNotNull();
        assertThat(port().isAccepting()).isTrue();
    }

    @Test
    void stoppingBeforeThePortIsThereCancels() {
        List<String> cancelled = new ArrayList<>();
        StreamServerEndpointService slow = new StreamServerEndpointService(
                factory -> new Deferred<>(deferred -> cancelled.add("cancelled")), Factory.of(Echo::new));
        slow.startService();
        assertThat(slow.stopService().isCalled()).isTrue();
        assertThat(cancelled).hasSize(1);
    }

    @Test
    void whatKeepsItFromListeningIsTold() {
        StreamServerEndpointService refused = new StreamServerEndpointService(
                factory -> {
                    throw new IllegalStateException("no");
                },
                Factory.of(Echo::new));
        List<String> told = new ArrayList<>();
        Deferred<@Nullable Void> _ = refused.privilegedStartService()
                .finish(done -> {}, failure -> told.add(String.valueOf(failure.getMessage())));
        assertThat(told).containsExactly("no");
        StreamServerEndpointService failed = new StreamServerEndpointService(
                factory -> Deferred.fail(new IOException("taken")), Factory.of(Echo::new));
        Deferred<@Nullable Void> _ = failed.privilegedStartService()
                .finish(done -> {}, failure -> told.add(String.valueOf(failure.getMessage())));
        assertThat(told).containsExactly("no", "taken");
    }

    @Test
    void stoppingWaitsForTheConnectionsAndClosingEndsThem() {
        service.startService();
        AccumulatingProtocol client = new AccumulatingProtocol();
        port().accept(client);
        assertThat(service.connections()).isEqualTo(1);
        List<String> stopped = new ArrayList<>();
        Deferred<@Nullable Void> _ = service.stopService().addBoth(end -> stopped.add("stopped"));
        reactor.flush();
        assertThat(port().isAccepting()).isFalse();
        assertThat(stopped).isEmpty();
        service.closeService();
        reactor.flush();
        assertThat(stopped).hasSize(1);
        assertThat(service.connections()).isZero();
    }

    @Test
    void abortingEndsThemAtOnce() {
        service.startService();
        port().accept(new AccumulatingProtocol());
        List<String> stopped = new ArrayList<>();
        Deferred<@Nullable Void> _ = service.stopService().addBoth(end -> stopped.add("stopped"));
        assertThat(stopped).isEmpty();
        service.abortService();
        reactor.flush();
        assertThat(stopped).hasSize(1);
    }

    @Test
    void itCanBeStartedAgain() {
        service.startService();
        Deferred<@Nullable Void> _ = service.stopService();
        service.startService();
        assertThat(reactor.ports()).hasSize(2);
        assertThat(port().isAccepting()).isTrue();
    }

    @Test
    void aProtocolUnderTlsIsAskedToFinishToo() throws Exception {
        List<String> asked = new ArrayList<>();
        final class Polite extends Protocol implements GracefulProtocol {
            @Override
            public void dataReceived(ByteBuffer data) {}

            @Override
            public void finishGracefully() {
                asked.add("asked");
            }
        }
        TlsContext context = TlsContext.forServer(Certificates.local(), Certificates.key(Certificates.local()));
        StreamServerEndpointService polite = new StreamServerEndpointService(
                factory -> Deferred.succeed(reactor.listenTcp(1, factory)),
                TlsFactory.forServer(Factory.of(Polite::new), () -> context));
        polite.startService();
        port().accept(new AccumulatingProtocol());

        Deferred<@Nullable Void> _ = polite.stopService();

        assertThat(asked).hasSize(1);
        polite.abortService();
        reactor.flush();
    }
}
