package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are handed to another reactor. */
@ParameterizedClass
@MethodSource("dev.hawser.reactor.StreamSetting#all")
@Timeout(60)
class StreamMovesTest {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    private final StreamSetting setting;
    private StreamFixture fixture;
    private RunningReactor other;

    StreamMovesTest(StreamSetting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new StreamFixture(setting);
        other = RunningReactor.open(setting.backend());
        other.run(() -> {});
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        other.close();
    }

    @Test
    void fromItsNextTurnOnAllIsCalledInTheOtherThread() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        RecordingProtocol protocol = new RecordingProtocol();
        protocol.onData((transport, data) -> {
            threads.add(Thread.currentThread());
            transport.write(data);
            if (threads.size() == 1) {
                transport.moveTo(other.reactor());
                transport.write(data); // still in this event
            }
        });
        Pair pair = fixture.pair(protocol);
        pair.client().sendAll(HELLO);
        StreamFixture.read(pair.client(), 2 * HELLO.length);
        pair.client().sendAll(HELLO);
        StreamFixture.read(pair.client(), HELLO.length);

        assertThat(threads).containsExactly(fixture.running().thread(), other.thread());
        assertThat(protocol.transport().reactor()).isSameAs(other.reactor());
        assertThatThrownBy(
                        () -> fixture.running().run(() -> protocol.transport().write(HELLO)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(fixture.reactor().metrics().connectionsOpen()).isZero();
        assertThat(other.reactor().metrics().connectionsOpen()).isOne();

        pair.client().close();
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(other.reactor().metrics().connectionsOpen()).isZero();
    }

    @Test
    void pendingOutputAndAProducerMoveAlong() throws Exception {
        byte[] large = StreamFixture.randomBytes(10_000_000);
        RecordingProtocol protocol = new RecordingProtocol().onMade(transport -> {
            transport.write(large);
            transport.registerProducer(new PullProducer() {
                private int pieces;

                @Override
                public void resumeProducing() {
                    transport.write(HELLO);
                    if (++pieces == 100) {
                        transport.unregisterProducer();
                        transport.loseConnection();
                    }
                }

                @Override
                public void stopProducing() {}
            });
        });
        Pair pair = fixture.pair(protocol);
        StreamFixture.read(pair.client(), 1_000_000);
        fixture.running().run(() -> protocol.transport().moveTo(other.reactor()));

        byte[] rest = StreamFixture.readAll(pair.client());
        assertThat(rest).hasSize(large.length - 1_000_000 + 100 * HELLO.length);
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void aPausedConnectionStaysPaused() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onMade(Transport::pauseProducing);
        Pair pair = fixture.pair(protocol);
        pair.client().sendAll(HELLO);
        fixture.running().run(() -> protocol.transport().moveTo(other.reactor()));
        fixture.running().awaitTurns(1);
        other.awaitTurns(5);
        assertThat(protocol.receivedBytes()).isZero();

        other.run(() -> protocol.transport().resumeProducing());
        pair.client().close();
        protocol.awaitLost();
        assertThat(protocol.received()).isEqualTo(HELLO);
    }

    @Test
    void itMayGoBackAndForth() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        protocol.onData((transport, data) -> {
            transport.write(data);
            transport.moveTo(transport.reactor().equals(other.reactor()) ? fixture.reactor() : other.reactor());
        });
        Pair pair = fixture.pair(protocol);
        for (int i = 0; i < 500; i++) {
            pair.client().sendAll(HELLO);
            assertThat(StreamFixture.read(pair.client(), HELLO.length)).isEqualTo(HELLO);
        }
        pair.client().close();
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(protocol.calls()).containsExactly("made", "data", "readLost", "lost DONE");
    }

    @Test
    void aClosedReactorTakesNothingAndTheConnectionStays() throws Exception {
        other.close();
        RecordingProtocol protocol = new RecordingProtocol().echoing();
        Pair pair = fixture.pair(protocol);
        assertThatThrownBy(
                        () -> fixture.running().run(() -> protocol.transport().moveTo(other.reactor())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");

        pair.client().sendAll(HELLO);
        assertThat(StreamFixture.read(pair.client(), HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void aReactorThatIsClosedBeforeTheArrivalEndsTheConnectionOnce() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);
        try (Reactor idle = Reactor.open(setting.backend())) {
            fixture.running().run(() -> protocol.transport().moveTo(idle));
            fixture.running().awaitTurns(2);
            assertThat(protocol.isLost()).isFalse();
        }
        protocol.awaitLost();
        assertThat(protocol.calls()).containsExactly("made", "lost ABORTED");
    }

    @Test
    void aReactorThatIsClosedInTheSameEventEndsTheConnectionOnce() throws Exception {
        AtomicBoolean connected = new AtomicBoolean(true);
        RecordingProtocol protocol =
                new RecordingProtocol().onLost(transport -> connected.set(transport.isConnected()));
        fixture.pair(protocol);
        Reactor idle = Reactor.open(setting.backend());
        fixture.running().run(() -> {
            protocol.transport().moveTo(idle);
            idle.close();
        });
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.LOST);
        assertThat(protocol.calls()).containsExactly("made", "lost LOST");
        assertThat(connected).isFalse();
        fixture.running().run(() -> {
            protocol.transport().write(HELLO);
            assertThat(protocol.transport().bufferedBytes()).isZero();
            assertThat(fixture.reactor().metrics().connectionsOpen()).isZero();
        });
    }

    @Test
    void aReactorThatRunsLaterServesWhatHasMovedToIt() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().echoing();
        Pair pair = fixture.pair(protocol);
        try (Reactor idle = Reactor.open(setting.backend())) {
            fixture.running().run(() -> protocol.transport().moveTo(idle));
            fixture.running().awaitTurns(2);
            pair.client().sendAll(HELLO);
            while (protocol.receivedBytes() == 0) {
                idle.iterate(Duration.ofSeconds(1));
            }
            assertThat(StreamFixture.read(pair.client(), HELLO.length)).isEqualTo(HELLO);
        }
        assertThat(protocol.awaitLost()).hasMessageContaining("the reactor was closed");
    }

    @Test
    void aMoveToWhereItIsDoesNothing() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);
        fixture.running().run(() -> {
            protocol.transport().moveTo(fixture.reactor()); // where it is: nothing
            assertThat(protocol.transport().isConnected()).isTrue();
        });
    }
}
