package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.socket.WouldBlockException;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may write and read how much, and when: buffers, their limits, and producers. */
@ParameterizedClass
@MethodSource("dev.hawser.reactor.StreamSetting#all")
@Timeout(60)
class StreamFlowTest {

    /** More than the kernel takes. */
    private static final int LARGE = 20_000_000;

    private final StreamSetting setting;
    private StreamFixture fixture;

    StreamFlowTest(StreamSetting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new StreamFixture(setting);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** Writes pieces until it is paused, and notes what it is told. */
    private static final class Pusher implements PushProducer {

        private final Transport transport;
        private final byte[] data;
        private final int pieceBytes;
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private boolean paused;
        private int done;

        Pusher(Transport transport, byte[] data, int pieceBytes) {
            this.transport = transport;
            this.data = data;
            this.pieceBytes = pieceBytes;
        }

        void produce() {
            while (!paused && done < data.length) {
                int n = Math.min(pieceBytes, data.length - done);
                done += n;
                transport.write(data, done - n, n);
            }
            if (done == data.length) {
                done++;
                transport.unregisterProducer();
            }
        }

        @Override
        public void pauseProducing() {
            calls.add("pause");
            paused = true;
        }

        @Override
        public void resumeProducing() {
            calls.add("resume");
            paused = false;
            produce();
        }

        @Override
        public void stopProducing() {
            calls.add("stop");
            paused = true;
        }
    }

    @Test
    void everyKindOfBufferIsCopiedAndSentInOrder() throws Exception {
        byte[] array = "one two ".getBytes(US_ASCII);
        ByteBuffer heap = ByteBuffer.wrap("three ".getBytes(US_ASCII));
        ByteBuffer direct =
                ByteBuffer.allocateDirect(5).put("four ".getBytes(US_ASCII)).flip();
        ByteBuffer five = ByteBuffer.wrap("five ".getBytes(US_ASCII));
        MemorySegment six = MemorySegment.ofArray("six".getBytes(US_ASCII));
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.write(array);
            transport.write(array, 0, 4);
            Arrays.fill(array, (byte) 0);
            transport.write(heap);
            transport.writeSequence(List.of(direct, five));
            transport.write(six);
            transport.write(new byte[0]);
            transport.write(ByteBuffer.allocate(0));
            assertThat(transport.bufferedBytes()).isEqualTo(31);
            transport.loseConnection();
        }));

        assertThat(new String(StreamFixture.readAll(pair.client()), US_ASCII))
                .isEqualTo("one two one three four five six");
        assertThat(List.of(heap, direct, five)).noneMatch(ByteBuffer::hasRemaining);
    }

    @Test
    void aPartThatIsNotInTheArrayIsRefused() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);

        assertThatThrownBy(() ->
                        fixture.running().run(() -> protocol.transport().write(new byte[10], 5, 6)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSlowReaderGetsAllOfIt() throws Exception {
        byte[] large = StreamFixture.randomBytes(LARGE);
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.write(large);
            transport.loseConnection();
        }));
        fixture.running().awaitTurns(3);
        assertThat(fixture.running().call(() -> pair.server().transport().bufferedBytes()))
                .isPositive();

        byte[] all = new byte[LARGE];
        int done = 0;
        for (int n = 1; n > 0; done += n) {
            n = pair.client().recvInto(all, done, Math.min(9999, LARGE - done), 0);
        }
        assertThat(all).isEqualTo(large);
    }

    @Test
    void aSlowWriterIsHeardByteByByte() throws Exception {
        byte[] text = "one byte at a time".getBytes(US_ASCII);
        RecordingProtocol protocol = new RecordingProtocol().echoing();
        Pair pair = fixture.pair(protocol);
        for (byte each : text) {
            pair.client().sendAll(new byte[] {each});
            assertThat(StreamFixture.read(pair.client(), 1)).containsExactly(each);
        }

        assertThat(protocol.received()).isEqualTo(text);
    }

    @Test
    void whatIsWrittenInACallbackOfAWriteIsSentAsWell() throws Exception {
        AtomicInteger depth = new AtomicInteger();
        RecordingProtocol protocol = new RecordingProtocol().onMade(transport -> {
            transport.setWriteLimits(new WriteLimits(0, 10, 1000));
            transport.registerProducer(new PushProducer() {
                @Override
                public void pauseProducing() {
                    if (depth.incrementAndGet() <= 3) {
                        transport.write("nested ".getBytes(US_ASCII));
                    }
                }

                @Override
                public void resumeProducing() {
                    transport.write("resumed".getBytes(US_ASCII));
                    transport.unregisterProducer();
                }

                @Override
                public void stopProducing() {}
            });
            transport.write("more than ten ".getBytes(US_ASCII));
            transport.loseConnection();
        });
        Pair pair = fixture.pair(protocol);

        assertThat(new String(StreamFixture.readAll(pair.client()), US_ASCII))
                .isEqualTo("more than ten nested resumed");
    }

    @Test
    void whatOneEventWritesGoesOutInOnePiece() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onData((transport, data) -> {
            for (int i = 0; i < 100; i++) {
                transport.write(data);
            }
        });
        Pair pair = fixture.pair(protocol);
        pair.client().sendAll("x".getBytes(US_ASCII));

        assertThat(pair.client().recv(1000)).hasSize(100);
    }

    @Test
    void aPushProducerIsPausedAboveTheHighMarkAndResumedBelowTheLowOne() throws Exception {
        byte[] large = StreamFixture.randomBytes(LARGE);
        List<Pusher> producers = new CopyOnWriteArrayList<>();
        AtomicInteger most = new AtomicInteger();
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.setWriteLimits(new WriteLimits(1000, 100_000, 200_000));
            Pusher pusher = new Pusher(transport, large, 10_000);
            producers.add(pusher);
            transport.registerProducer(pusher);
            pusher.produce();
            most.set((int) transport.bufferedBytes());
            transport.loseConnection(); // waits for the producer
        }));

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(large);
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(most.get()).isBetween(100_001, 110_000);
        List<String> calls = producers.getFirst().calls;
        assertThat(calls).hasSizeGreaterThan(10).doesNotContain("stop");
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i)).isEqualTo(i % 2 == 0 ? "pause" : "resume");
        }
    }

    @Test
    void aPullProducerIsAskedWheneverAllHasGone() throws Exception {
        byte[] large = StreamFixture.randomBytes(3_000_000);
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.registerProducer(new PullProducer() {
                private int done;

                @Override
                public void resumeProducing() {
                    assertThat(transport.bufferedBytes()).isZero();
                    int n = Math.min(30_000, large.length - done);
                    transport.write(large, done, n);
                    done += n;
                    if (done == large.length) {
                        transport.unregisterProducer();
                        transport.loseConnection();
                    }
                }

                @Override
                public void stopProducing() {}
            });
        }));

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(large);
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void aProducerIsStoppedWithItsConnection() throws Exception {
        List<Pusher> producers = new CopyOnWriteArrayList<>();
        Pair pair = fixture.pair(new RecordingProtocol()
                .onMade(transport -> {
                    Pusher pusher = new Pusher(transport, new byte[LARGE], 10_000);
                    producers.add(pusher);
                    transport.registerProducer(pusher);
                    pusher.produce();
                })
                .onLost(transport -> {
                    Pusher late = new Pusher(transport, new byte[1], 1);
                    transport.registerProducer(late);
                    producers.add(late);
                }));
        fixture.running().run(() -> pair.server().transport().abortConnection());

        pair.server().awaitLost();
        assertThat(producers.get(0).calls).containsOnlyOnce("stop").endsWith("stop");
        assertThat(producers.get(1).calls).containsExactly("stop");
    }

    @Test
    void thereIsOneProducerAtATime() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);
        fixture.running().run(() -> {
            Transport transport = protocol.transport();
            transport.registerProducer(new Pusher(transport, new byte[1], 1));
            assertThatThrownBy(() -> transport.registerProducer(new Pusher(transport, new byte[1], 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("unregister");
            transport.unregisterProducer();
            transport.registerProducer(new Pusher(transport, new byte[1], 1));
        });
    }

    @Test
    void aProducerThatThrowsLosesItsConnection() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            fixture.running()
                    .run(() -> protocol.transport().registerProducer(new PullProducer() {
                        @Override
                        public void resumeProducing() {
                            throw new IllegalStateException("thrown by the test");
                        }

                        @Override
                        public void stopProducing() {
                            throw new IllegalStateException("thrown again");
                        }
                    }));

            assertThat(protocol.awaitLost()).hasRootCauseMessage("thrown by the test");
            eventually().untilAsserted(() -> assertThat(log.at(Level.SEVERE)).hasSize(2));
        }
    }

    @Test
    void writeBuffersAreBoundedAndSayWhyTheConnectionIsLost() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol); // the client has connected: it may see the reset there
        fixture.running().run(() -> {
            Transport transport = protocol.transport();
            transport.setWriteLimits(new WriteLimits(0, 1000, 10_000_000));
            for (int i = 0; i < 11; i++) {
                transport.write(new byte[1_000_000]);
                assertThat(transport.bufferedBytes()).isLessThanOrEqualTo(10_000_000);
            }
        });

        ConnectionLost lost = protocol.awaitLost();
        assertThat(lost.reason()).isEqualTo(Reason.LOST);
        assertThat(lost).hasMessageContaining("the peer does not read").hasMessageContaining("10000000");
    }

    @Test
    void aPeerThatAsksAndDoesNotReadIsNotReadFrom() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().echoing();
        Pair pair = fixture.pair(protocol);
        Socket client = pair.client();
        client.setTimeout(Duration.ZERO);
        byte[] piece = StreamFixture.randomBytes(50_000);
        int asked = 0;
        int stuck = 0;
        while (stuck < 20) {
            try {
                asked += client.send(piece);
                stuck = 0;
            } catch (WouldBlockException e) {
                stuck++;
                fixture.running().awaitTurns(2);
            }
        }
        long buffered = fixture.running().call(() -> protocol.transport().bufferedBytes());
        assertThat(buffered).isGreaterThan(WriteLimits.DEFAULT.highWaterBytes()).isLessThan(1_000_000);
        assertThat(protocol.receivedBytes()).isLessThan(asked);

        client.setTimeout(Duration.ofSeconds(20));
        StreamFixture.read(client, asked);
        assertThat(protocol.receivedBytes()).isEqualTo(asked);
    }

    @Test
    void aPausedConnectionReceivesNothingUntilItIsResumed() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onData((transport, data) -> transport.pauseProducing());
        Pair pair = fixture.pair(protocol);
        pair.client().sendAll("one".getBytes(US_ASCII));
        eventually().until(() -> protocol.receivedBytes() == 3);
        pair.client().sendAll("two".getBytes(US_ASCII));
        pair.client().shutdown(Constants.SHUT_WR);
        fixture.running().awaitTurns(5);
        assertThat(protocol.receivedBytes()).isEqualTo(3);

        fixture.running().run(() -> protocol.transport().resumeProducing());
        eventually().until(() -> protocol.receivedBytes() == 6);
        assertThat(protocol.isLost()).isFalse();
        fixture.running().run(() -> protocol.transport().resumeProducing());
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void itMayBeResumedWhereItWasPaused() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onData((transport, data) -> {
            transport.pauseProducing();
            transport.resumeProducing();
        });
        Pair pair = fixture.pair(protocol);
        for (int i = 1; i <= 3; i++) {
            pair.client().sendAll("x".getBytes(US_ASCII));
            int expected = i;
            eventually().until(() -> protocol.receivedBytes() == expected);
        }
    }

    @Test
    void bytesAreTheSameBothWaysAtOnce() throws Exception {
        byte[] there = StreamFixture.randomBytes(12_345_678);
        Pair pair = fixture.pair(new RecordingProtocol().echoing());
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                pair.client().sendAll(there);
                pair.client().shutdown(Constants.SHUT_WR);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(there);
        writer.join();
        assertThat(pair.server().received()).isEqualTo(there);
        ReactorMetrics metrics = fixture.reactor().metrics();
        assertThat(metrics.bytesReceived()).isEqualTo(there.length);
        assertThat(metrics.bytesSent()).isEqualTo(there.length);
    }

    @Test
    void aConnectionHoldsNoBufferWhileItHasNothingToSend() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().echoing();
        Pair pair = fixture.pair(protocol);
        for (int i = 0; i < 10; i++) {
            pair.client().sendAll("x".getBytes(US_ASCII));
            StreamFixture.read(pair.client(), 1);
        }
        LoopReactor loop = (LoopReactor) fixture.reactor();

        assertThat(fixture.running().call(() -> loop.chunks().kept())).isOne();
    }

    @Test
    @SuppressWarnings("restricted") // no memory is that long
    void aSegmentOfAnyLengthIsHeldAgainstTheLimit() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);
        fixture.running().run(() -> {
            protocol.transport().write(new byte[20_000_000]);
            assertThat(protocol.transport().bufferedBytes()).isPositive();
            protocol.transport().write(MemorySegment.NULL.reinterpret(Long.MAX_VALUE));
        });

        assertThat(protocol.awaitLost()).hasMessageContaining("the peer does not read");
    }
}
