package dev.hawser.reactor.protocols;

import static dev.hawser.reactor.protocols.FakeTransport.feed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ClientFactory;
import dev.hawser.reactor.ConnectionLost;
import dev.hawser.reactor.Connector;
import dev.hawser.reactor.Factory;
import dev.hawser.reactor.Producer;
import dev.hawser.reactor.Protocol;
import dev.hawser.reactor.PullProducer;
import dev.hawser.reactor.PushProducer;
import dev.hawser.reactor.testing.Clock;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrIn;
import dev.hawser.socket.SockaddrIn6;
import dev.hawser.socket.SockaddrUn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of the factories that wrap factories. */
class PoliciesTest {

    private static final Sockaddr PEER = SockaddrIn.of("127.0.0.1", 4000);

    /** Writes back what comes, and notes what happens. */
    private static final class Echo extends Protocol {

        final List<String> events = new ArrayList<>();

        @Override
        public void connectionMade() {
            events.add("made");
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            events.add(String.valueOf(data.remaining()));
            transport().write(data);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            events.add(String.valueOf(reason.reason()));
        }
    }

    private static final class Pushing implements PushProducer {

        final List<String> calls = new ArrayList<>();

        @Override
        public void pauseProducing() {
            calls.add("pause");
        }

        @Override
        public void resumeProducing() {
            calls.add("resume");
        }

        @Override
        public void stopProducing() {
            calls.add("stop");
        }
    }

    private static final class Pulled implements PullProducer {

        int asked;

        @Override
        public void resumeProducing() {
            asked++;
        }

        @Override
        public void stopProducing() {}
    }

    private final Clock clock = new Clock();
    private final List<Echo> made = new ArrayList<>();
    private final Factory echoes = _ -> {
        made.add(new Echo());
        return made.getLast();
    };

    private @Nullable Protocol last;

    private FakeTransport connect(Factory factory) {
        last = factory.buildProtocol(PEER);
        assertThat(last).isNotNull();
        return FakeTransport.connect(last);
    }

    private static void advance(Clock clock, double seconds) {
        clock.advance(Duration.ofNanos((long) (seconds * 1e9)));
    }

    @Test
    void whatIsReadBeyondTheRatePausesAllConnectionsForItsTime() {
        ThrottlingFactory factory = new ThrottlingFactory(clock, echoes, 10, 0);
        FakeTransport first = connect(factory);
        FakeTransport second = connect(factory);
        feed(last, "1234567890");
        assertThat(first.paused).isFalse();

        feed(last, "1234567890");
        assertThat(first.paused).isTrue();
        assertThat(second.paused).isTrue();
        assertThat(connect(factory).paused).isTrue();

        advance(clock, 0.9);
        assertThat(first.paused).isTrue();
        advance(clock, 0.1);
        assertThat(first.paused).isFalse();
        assertThat(second.paused).isFalse();
    }

    @Test
    void aConnectionThatItsProtocolHasPausedStaysPausedWhenTheLimitLetsGo() {
        FakeTransport transport = connect(new ThrottlingFactory(clock, echoes, 10, 0));
        made.getLast().transport().pauseProducing();
        feed(last, "x".repeat(30));
        advance(clock, 5);
        assertThat(transport.paused).isTrue();

        made.getLast().transport().resumeProducing();
        assertThat(transport.paused).isFalse();
    }

    @Test
    void whatIsWrittenBeyondTheRatePausesTheProducer() {
        FakeTransport transport = connect(new ThrottlingFactory(clock, echoes, 0, 10));
        Pushing producer = new Pushing();
        made.getLast().transport().registerProducer(producer);
        made.getLast().transport().write(new byte[30]);
        assertThat(producer.calls).containsExactly("pause");
        assertThat(transport.paused).isFalse();

        // The transport's own pause and resume are in between.
        ((PushProducer) transport.producer).pauseProducing();
        ((PushProducer) transport.producer).resumeProducing();
        assertThat(producer.calls).containsExactly("pause");
        advance(clock, 2);
        assertThat(producer.calls).containsExactly("pause", "resume");
        made.getLast().transport().unregisterProducer();
        assertThat(transport.producer).isNull();
    }

    @Test
    void aPullProducerIsAskedWhenTheLimitLetsGo() {
        FakeTransport transport = connect(new ThrottlingFactory(clock, echoes, 0, 10));
        Pulled producer = new Pulled();
        made.getLast().transport().registerProducer(producer);
        made.getLast().transport().write(new byte[20]);
        ((PullProducer) transport.producer).resumeProducing();
        assertThat(producer.asked).isZero();

        advance(clock, 1);
        assertThat(producer.asked).isEqualTo(1);
        ((PullProducer) transport.producer).resumeProducing();
        assertThat(producer.asked).isEqualTo(2);
    }

    @Test
    void withoutAProducerNothingIsReadThatWouldBeAnswered() {
        FakeTransport transport = connect(new ThrottlingFactory(clock, echoes, 0, 10));
        feed(last, "x".repeat(20));
        assertThat(transport.takeWritten()).hasSize(20);
        assertThat(transport.paused).isTrue();

        Pushing producer = new Pushing();
        made.getLast().transport().registerProducer(producer);
        assertThat(transport.paused).isFalse();
        assertThat(producer.calls).containsExactly("pause");
        made.getLast().transport().unregisterProducer();
        assertThat(transport.paused).isTrue();
        advance(clock, 1);
        assertThat(transport.paused).isFalse();
    }

    @Test
    void overManySecondsTheRateIsKept() {
        connect(new ThrottlingFactory(clock, echoes, 1000, 0));
        FakeTransport transport = (FakeTransport) ((ProtocolWrapper) last).transport();
        int passed = 0;
        for (int i = 0; i < 1000; i++) {
            if (!transport.paused) {
                feed(last, "x".repeat(77));
                passed += 77;
            }
            advance(clock, 0.01);
        }
        assertThat(passed).isBetween(10_000, 11_200);
    }

    @Test
    void noTimerIsLeftWhenTheLastConnectionHasGone() {
        connect(new ThrottlingFactory(clock, echoes, 10, 10));
        feed(last, "x".repeat(1000));
        assertThat(FakeTransport.waits(clock)).hasSize(2);

        last.connectionLost(FakeTransport.done());
        assertThat(FakeTransport.waits(clock)).isEmpty();
        assertThatThrownBy(() -> new ThrottlingFactory(clock, echoes, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void connectionsBeyondTheTotalAreRefusedUntilOneEnds() {
        LimitTotalConnectionsFactory factory = new LimitTotalConnectionsFactory(echoes, 2, null);
        connect(factory);
        Protocol first = last;
        connect(factory);
        assertThat(factory.connections()).isEqualTo(2);
        assertThat(factory.buildProtocol(PEER)).isNull();

        first.connectionLost(FakeTransport.done());
        assertThat(factory.connections()).isEqualTo(1);
        connect(factory);
        assertThat(factory.buildProtocol(PEER)).isNull();
        assertThat(made).hasSize(3);
    }

    @Test
    void connectionsBeyondTheTotalMayBeToldSo() {
        Factory full = Wire.qotd(() -> "full\n".getBytes(ISO_8859_1));
        LimitTotalConnectionsFactory factory = new LimitTotalConnectionsFactory(echoes, 0, full);
        FakeTransport transport = connect(factory);

        assertThat(transport.takeWritten()).isEqualTo("full\n");
        assertThat(transport.closing).isTrue();
        assertThat(factory.connections()).isZero();
    }

    @Test
    void eachAddressHasItsOwnLimitWhateverItsPorts() {
        LimitConnectionsByPeerFactory factory = new LimitConnectionsByPeerFactory(echoes, 1);
        connect(factory);
        Protocol first = last;
        assertThat(factory.buildProtocol(SockaddrIn.of("127.0.0.1", 4001))).isNull();
        assertThat(factory.buildProtocol(SockaddrIn6.of("::ffff:127.0.0.1", 4001)))
                .isNull();
        assertThat(factory.buildProtocol(SockaddrIn.of("127.0.0.2", 4000))).isNotNull();
        assertThat(factory.buildProtocol(SockaddrIn6.of("::1", 4000))).isNotNull();
        assertThat(factory.buildProtocol(SockaddrUn.of("/tmp/x"))).isNotNull();
        assertThat(factory.buildProtocol(null)).isNotNull();
        assertThat(factory.connectionsOf(PEER)).isEqualTo(1);

        first.connectionLost(FakeTransport.done());
        assertThat(factory.connectionsOf(PEER)).isZero();
        assertThat(factory.buildProtocol(PEER)).isNotNull();
    }

    @Test
    void anIdleConnectionIsClosedAndItsProtocolToldWhy() {
        FakeTransport transport = connect(new TimeoutFactory(clock, echoes, Duration.ofSeconds(3), null));
        advance(clock, 2);
        feed(last, "x");
        advance(clock, 2);
        made.getLast().transport().write(new byte[1]);
        advance(clock, 2.9);
        assertThat(transport.closing).isFalse();

        advance(clock, 0.1);
        assertThat(transport.closing).isTrue();
        last.connectionLost(FakeTransport.done());
        assertThat(made.getLast().events).containsExactly("made", "1", "TIMED_OUT");
        assertThat(FakeTransport.waits(clock)).isEmpty();
    }

    @Test
    void aConnectionThatLastsTooLongIsClosedHoweverBusy() {
        FakeTransport transport =
                connect(new TimeoutFactory(clock, echoes, Duration.ofSeconds(3), Duration.ofSeconds(10)));
        for (int i = 0; i < 9; i++) {
            advance(clock, 1);
            feed(last, "x");
        }
        assertThat(transport.closing).isFalse();
        advance(clock, 1);
        assertThat(transport.closing).isTrue();
    }

    @Test
    void aPeerThatDoesNotReadIsAborted() {
        FakeTransport transport = connect(new TimeoutFactory(clock, echoes, Duration.ofSeconds(3), null));
        transport.buffered = 1000;
        advance(clock, 3);
        assertThat(transport.closing).isFalse(); // it may be reading
        transport.buffered = 500;
        advance(clock, 3);
        assertThat(transport.closing).isFalse();
        advance(clock, 3);
        assertThat(transport.closing).isTrue();
        assertThat(transport.aborted).isFalse();
        advance(clock, 1);
        assertThat(transport.aborted).isTrue();
    }

    @Test
    void whatPassesIsWrittenDown() {
        List<String> log = new ArrayList<>();
        connect(new TrafficLoggingFactory(echoes, log::add, 8));
        feed(last, "a\r\n\"\\\u00ff\0x");
        made.getLast().transport().write("123456789".getBytes(ISO_8859_1));
        made.getLast().transport().loseConnection();
        last.connectionLost(FakeTransport.done());

        assertThat(log)
                .containsExactly(
                        "1 + " + PEER.toString().replace("4000", "54321"),
                        "1 < \"a\\r\\n\\\"\\\\\\xff\\x00x\"",
                        "1 > \"a\\r\\n\\\"\\\\\\xff\\x00x\"",
                        "1 > \"12345678\" of 9 bytes",
                        "1 .",
                        "1 - DONE: done");
    }

    @Test
    void policiesAreWrappedAroundPolicies() {
        List<String> log = new ArrayList<>();
        Factory all = new LimitTotalConnectionsFactory(
                new TrafficLoggingFactory(
                        new TimeoutFactory(
                                clock, new ThrottlingFactory(clock, echoes, 10, 10), Duration.ofSeconds(60), null),
                        log::add,
                        100),
                1,
                null);
        FakeTransport transport = connect(all);
        assertThat(all.buildProtocol(PEER)).isNull();
        feed(last, "x".repeat(20));
        assertThat(transport.takeWritten()).hasSize(20);
        assertThat(transport.paused).isTrue();
        advance(clock, 1);
        assertThat(transport.paused).isFalse();
        advance(clock, 60);
        assertThat(transport.closing).isTrue();
        last.connectionLost(FakeTransport.done());

        assertThat(made.getFirst().events).containsExactly("made", "20", "TIMED_OUT");
        assertThat(log).hasSize(5);
        assertThat(all.buildProtocol(PEER)).isNotNull();
    }

    @Test
    void aWrapperPassesEverythingOn() throws IOException {
        connect(new TimeoutFactory(clock, echoes, null, null));
        FakeTransport transport = (FakeTransport) ((ProtocolWrapper) last).transport();
        var inner = made.getLast().transport();
        assertThat(((ProtocolWrapper) last).wrapped()).isSameAs(made.getLast());
        assertThat(inner.getPeer()).isEqualTo(transport.getPeer());
        assertThat(inner.getHost()).isEqualTo(transport.getHost());
        assertThat(inner.isConnected()).isTrue();
        inner.write(java.lang.foreign.MemorySegment.ofArray(new byte[] {'a'}));
        inner.write(new byte[] {'x', 'b', 'x'}, 1, 1);
        inner.writeSequence(List.of(ByteBuffer.wrap(new byte[] {'c'}), ByteBuffer.wrap(new byte[] {'d'})));
        assertThat(transport.takeWritten()).isEqualTo("abcd");
        inner.loseWriteConnection();
        assertThat(transport.writeClosed).isTrue();
        last.readConnectionLost();
        assertThat(transport.closing).isTrue();
        inner.abortConnection();
        assertThat(transport.aborted).isTrue();
    }

    @Test
    void aClientsFactoryInsideLearnsWhatBecomesOfItsConnector() {
        List<String> heard = new ArrayList<>();
        ClientFactory inner = new ClientFactory() {
            @Override
            public @Nullable Protocol buildProtocol(@Nullable Sockaddr address) {
                return null;
            }

            @Override
            public void doStart() {
                heard.add("start");
            }

            @Override
            public void doStop() {
                heard.add("stop");
            }

            @Override
            public void startedConnecting(Connector connector) {
                heard.add("connecting");
            }

            @Override
            public void clientConnectionFailed(Connector connector, IOException reason) {
                heard.add("failed");
            }

            @Override
            public void clientConnectionLost(Connector connector, ConnectionLost reason) {
                heard.add("lost");
            }
        };
        WrappingFactory outer = new LimitConnectionsByPeerFactory(new TimeoutFactory(clock, inner, null, null), 1);
        Connector connector = new ReconnectingClientFactoryTest.Attempts();
        outer.doStart();
        outer.startedConnecting(connector);
        outer.clientConnectionFailed(connector, new IOException());
        outer.clientConnectionLost(connector, FakeTransport.done());
        outer.doStop();

        assertThat(heard).containsExactly("start", "connecting", "failed", "lost", "stop");
        assertThat(outer.buildProtocol(PEER)).isNull();
    }

    @Test
    void theProducerIsTheProtocolsOwnToTheEnd() {
        FakeTransport transport = connect(new TimeoutFactory(clock, echoes, null, null));
        Pushing producer = new Pushing();
        made.getLast().transport().registerProducer(producer);
        Producer seen = transport.producer;
        seen.stopProducing();

        assertThat(producer.calls).containsExactly("stop");
    }
}
