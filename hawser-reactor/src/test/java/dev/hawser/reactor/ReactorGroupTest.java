package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(BackendKind.class)
class ReactorGroupTest {

    private static final Sockaddr LOOPBACK = SockaddrIn.of("127.0.0.1", 0);

    @Parameter
    BackendKind kind = BackendKind.EPOLL;

    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Echo> echoes = new ConcurrentLinkedQueue<>();

    /** Sends back what comes, and notes which thread it was in. */
    private final class Echo extends Protocol {

        @Override
        public void connectionMade() {
            echoes.add(this);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            threads.add(Thread.currentThread().getName());
            transport().write(data);
        }
    }

    private static Socket connect(GroupPort port) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), ((SockaddrIn) port.getHost()).port());
        client.setSoTimeout(30_000);
        return client;
    }

    private static void exchange(Socket client) throws IOException {
        client.getOutputStream().write("ping".getBytes(US_ASCII));
        InputStream in = client.getInputStream();
        assertThat(in.readNBytes(4)).asString().isEqualTo("ping");
    }

    @Test
    void theReactorsOfAGroupShareAPortAndTheConnections() throws Exception {
        // @start region="group"
        try (ReactorGroup group = ReactorGroup.open(2, kind)) {
            GroupPort port = group.listenTcp(LOOPBACK, Factory.of(Echo::new));
            // @end
            for (int i = 0; i < 64 && threads.size() < 2; i++) {
                try (Socket client = connect(port)) {
                    exchange(client);
                }
            }
            assertThat(threads).containsExactlyInAnyOrder("hawser-reactor-1", "hawser-reactor-2");
            port.stopListening().get();
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aLiveConnectionIsHandedFromOneReactorToAnother() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(2, kind)) {
            GroupPort port = group.listenTcp(LOOPBACK, Factory.of(Echo::new));
            try (Socket client = connect(port)) {
                exchange(client);
                Echo echo = echoes.remove();
                String before = threads.iterator().next();
                Reactor from = echo.transport().reactor();
                Reactor to = group.reactors().get(1 - group.reactors().indexOf(from));
                from.callFromThread(() -> echo.transport().moveTo(to));
                eventually().until(() -> {
                    exchange(client);
                    return threads.size() == 2;
                });
                threads.clear();
                exchange(client);
                assertThat(threads).hasSize(1).doesNotContain(before);
                assertThat(echo.transport().reactor()).isSameAs(to);
            }
        }
    }

    @Test
    void nextGoesRound() throws IOException {
        try (ReactorGroup group = ReactorGroup.open(3, kind)) {
            assertThat(group.reactors()).hasSize(3);
            for (Reactor each : group.reactors()) {
                assertThat(group.next()).isSameAs(each);
            }
            assertThat(group.next()).isSameAs(group.reactors().getFirst());
        }
    }

    @Test
    void stopEndsTheRunsAndJoinWaitsForThem() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(2, kind)) {
            group.stop();
            group.join();
            assertThat(group.reactors()).noneMatch(Reactor::isRunning);
            assertThatThrownBy(() -> group.listenTcp(LOOPBACK, Factory.of(Echo::new)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("runs no more");
        }
    }

    @Test
    void aReactorThatFailsEndsTheGroupLoudly() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor");
                ReactorGroup group = ReactorGroup.open(2, kind)) {
            group.next().callFromThread(() -> Thread.currentThread().interrupt());
            assertThatThrownBy(group::join)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a reactor of the group has failed")
                    .hasCauseInstanceOf(IOException.class);
            assertThat(log.at(Level.SEVERE)).hasSize(1);
            group.stop(); // does nothing any more
        }
    }

    @Test
    void whatWaitsIsRefusedInTheThreadOfAReactor() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(1, kind)) {
            ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
            Runnable close = group::close;
            group.next().callFromThread(() -> {
                try {
                    group.listenTcp(LOOPBACK, Factory.of(Echo::new));
                } catch (IOException | IllegalStateException e) {
                    thrown.add(e);
                }
                close.run(); // does not wait here
            });
            group.join();
            assertThat(thrown)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            IllegalStateException.class, e -> assertThat(e).hasMessageContaining("callInThread"));
        }
    }

    @Test
    void anAddressThatIsTakenIsRefusedAndNothingListens() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(2, kind);
                RunningReactor other = RunningReactor.open(kind)) {
            Sockaddr taken = other.call(() -> other.reactor()
                    .listenTcp(LOOPBACK, Factory.of(Echo::new), ListenOptions.DEFAULT)
                    .getHost());
            assertThatThrownBy(() -> group.listenTcp(taken, Factory.of(Echo::new)))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void aGroupOfNoneIsRefused() {
        assertThatThrownBy(() -> ReactorGroup.open(0, kind))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one reactor or more");
    }

    @Test
    @Timeout(60)
    void aGroupThatStopsWhileItBeginsToListenKeepsNobodyWaiting() throws Exception {
        AtomicReference<Reactor> first = new AtomicReference<>();
        Factory factory = new Factory() {
            @Override
            public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
                return null;
            }

            @Override
            public void doStart() {
                first.get().stop();
            }
        };
        try (ReactorGroup group = ReactorGroup.open(2, kind)) {
            first.set(group.reactors().getFirst());
            group.reactors().getLast().close();
            assertThatThrownBy(() -> group.listenTcp(LOOPBACK, factory)).isInstanceOf(IllegalStateException.class);
        }
    }
}
