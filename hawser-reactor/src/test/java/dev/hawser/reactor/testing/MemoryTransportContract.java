package dev.hawser.reactor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.reactor.PullProducer;
import dev.hawser.reactor.PushProducer;
import dev.hawser.reactor.Transport;
import dev.hawser.reactor.WriteLimits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every connection in memory has in common with a real one. */
abstract class MemoryTransportContract {
    private final Recorder protocol = new Recorder();

    /** Gives the protocol a connection. */
    abstract void connect(Recorder protocol);

    /** The peer sends text. */
    abstract void peerSends(String text);

    /** The peer says that it sends no more, and still takes what comes. */
    abstract void peerEnds();

    /** What the peer has got since it was last asked. */
    abstract String peerGot();

    /** The peer takes nothing, or takes what there is again. */
    abstract void peerTakes(boolean taking);

    /** The loop makes its turns until nothing happens any more. */
    abstract void settle();

    private Transport transport() {
        return protocol.transport();
    }

    @Test
    void whatEachEndWritesReachesTheOther() {
        protocol.on("data", self -> self.write("answer"));
        connect(protocol);
        peerSends("question");
        settle();

        assertThat(protocol.told).containsExactly("made", "question");
        assertThat(peerGot()).isEqualTo("answer");
    }

    @Test
    void everyKindOfBufferIsWrittenAndKeptByNobody() {
        connect(protocol);
        byte[] array = "abc".getBytes(UTF_8);
        transport().write(array);
        array[0] = 'X';
        transport().write("xdex".getBytes(UTF_8), 1, 2);
        ByteBuffer buffer = ByteBuffer.wrap("f".getBytes(UTF_8));
        transport().write(buffer);
        transport().write(MemorySegment.ofArray("g".getBytes(UTF_8)));
        transport().writeSequence(List.of(ByteBuffer.wrap("h".getBytes(UTF_8)), ByteBuffer.wrap("i".getBytes(UTF_8))));
        settle();

        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(peerGot()).isEqualTo("abcdefghi");
    }

    @Test
    void loseConnectionSendsWhatWasWrittenAndDropsTheRest() {
        connect(protocol);
        protocol.write("before");
        transport().loseConnection();
        protocol.write("after");

        assertThat(transport().isConnected()).isFalse();
        assertThat(protocol.told).containsExactly("made");
        settle();
        assertThat(peerGot()).isEqualTo("before");
        assertThat(protocol.told).containsExactly("made", "lost DONE");
    }

    @Test
    void connectionLostIsNeverCalledInsideACallOfTheProtocol() {
        protocol.on("data", self -> {
            self.transport().loseConnection();
            self.told.add("returned");
        });
        connect(protocol);
        peerSends("x");
        settle();

        assertThat(protocol.told).containsExactly("made", "x", "returned", "lost DONE");
    }

    @Test
    void abortDropsWhatWasNotTaken() {
        connect(protocol);
        peerTakes(false);
        protocol.write("lost");
        transport().abortConnection();
        settle();

        assertThat(protocol.told).containsExactly("made", "lost ABORTED");
        peerTakes(true);
        settle();
        assertThat(peerGot()).isEmpty();
    }

    @Test
    void abortInsideLoseConnectionTellsOnce() {
        connect(protocol);
        transport().loseConnection();
        transport().abortConnection();
        settle();
        transport().abortConnection();
        transport().loseConnection();
        settle();

        assertThat(protocol.told).containsExactly("made", "lost ABORTED");
    }

    @Test
    void theAnswerIsStillSentAfterThePeersHalfClose() {
        protocol.on("data", self -> self.write("answer"));
        connect(protocol);
        peerSends("question");
        peerEnds();
        settle();

        assertThat(protocol.told).containsExactly("made", "question", "readEnded", "lost DONE");
        assertThat(peerGot()).isEqualTo("answer");
    }

    @Test
    void aProtocolMayGoOnWritingAfterThePeersHalfClose() {
        protocol.on("readEnded", self -> self.write("more"));
        connect(protocol);
        peerEnds();
        settle();
        protocol.write(" and more");
        settle();

        assertThat(protocol.told).containsExactly("made", "readEnded");
        assertThat(peerGot()).isEqualTo("more and more");
    }

    @Test
    void loseWriteConnectionTellsWhenAllHasGone() {
        connect(protocol);
        peerTakes(false);
        protocol.write("last words");
        transport().loseWriteConnection();
        protocol.write("dropped");
        settle();
        assertThat(protocol.told).containsExactly("made");

        peerTakes(true);
        settle();
        assertThat(protocol.told).startsWith("made", "writeEnded");
        assertThat(peerGot()).isEqualTo("last words");
    }

    @Test
    void whatAProtocolThrowsLosesItsConnectionWithTheCause() {
        IllegalStateException onPurpose = new IllegalStateException("on purpose");
        protocol.on("data", self -> {
            throw onPurpose;
        });
        connect(protocol);
        peerSends("x");
        settle();

        assertThat(protocol.told).containsExactly("made", "x", "lost LOST");
        assertThat(protocol.lost).hasCause(onPurpose);
    }

    @Test
    void whatConnectionLostThrowsIsNotTheEndOfAnythingElse() {
        protocol.on("lost", self -> {
            throw new IllegalStateException("on purpose");
        });
        connect(protocol);
        transport().loseConnection();
        settle();

        assertThat(protocol.told).containsExactly("made", "lost DONE");
    }

    @Test
    void aConnectionMayBeLostInConnectionMade() {
        protocol.on("made", self -> {
            self.write("bye");
            self.transport().loseConnection();
        });
        connect(protocol);
        settle();

        assertThat(protocol.told).containsExactly("made", "lost DONE");
        assertThat(peerGot()).isEqualTo("bye");
    }

    @Test
    void aPushProducerIsPausedAboveTheMarkAndResumedBelowTheOther() {
        connect(protocol);
        Push producer = new Push();
        transport().setWriteLimits(new WriteLimits(2, 4, 100));
        transport().registerProducer(producer);
        peerTakes(false);
        protocol.write("1234");
        assertThat(producer.told).isEmpty();
        protocol.write("5");
        protocol.write("6");
        assertThat(producer.told).containsExactly("pause");
        assertThat(transport().bufferedBytes()).isEqualTo(6);

        peerTakes(true);
        settle();

        assertThat(producer.told).containsExactly("pause", "resume");
        assertThat(transport().bufferedBytes()).isZero();
        assertThat(peerGot()).isEqualTo("123456");
    }

    @Test
    void aPullProducerIsAskedUntilItHasEnded() {
        connect(protocol);
        List<String> pieces = new ArrayList<>(List.of("a", "b", "c"));
        transport().registerProducer(new PullProducer() {
            @Override
            public void resumeProducing() {
                protocol.write(pieces.removeFirst());
                if (pieces.isEmpty()) {
                    transport().unregisterProducer();
                }
            }

            @Override
            public void stopProducing() {
                protocol.told.add("stopped");
            }
        });
        transport().loseConnection();
        settle();

        assertThat(peerGot()).isEqualTo("abc");
        assertThat(protocol.told).containsExactly("made", "lost DONE");
    }

    @Test
    void aProducerIsStoppedBeforeConnectionLost() {
        connect(protocol);
        transport().registerProducer(new Push() {
            @Override
            public void stopProducing() {
                protocol.told.add("stopped");
            }
        });
        transport().abortConnection();
        settle();

        assertThat(protocol.told).containsExactly("made", "stopped", "lost ABORTED");
    }

    @Test
    void thereIsOneProducerAtATime() {
        connect(protocol);
        transport().registerProducer(new Push());

        assertThatIllegalStateException().isThrownBy(() -> transport().registerProducer(new Push()));
    }

    @Test
    void tooMuchThatThePeerDoesNotTakeLosesTheConnection() {
        connect(protocol);
        transport().setWriteLimits(new WriteLimits(2, 4, 8));
        peerTakes(false);
        protocol.write("123456789");
        settle();

        assertThat(protocol.told).containsExactly("made", "lost LOST");
        assertThat(protocol.lost).hasMessageContaining("more than 8 bytes");
    }

    @Test
    void whatIsWrittenAfterTheEndIsDropped() throws IOException {
        connect(protocol);
        transport().loseConnection();
        settle();
        protocol.write("into the void");
        settle();

        assertThat(peerGot()).isEmpty();
        assertThat(transport().bufferedBytes()).isZero();
        assertThat(protocol.told).containsExactly("made", "lost DONE");
    }

    private static class Push implements PushProducer {
        final List<String> told = new ArrayList<>();

        @Override
        public void pauseProducing() {
            told.add("pause");
        }

        @Override
        public void resumeProducing() {
            told.add("resume");
        }

        @Override
        public void stopProducing() {
            told.add("stop");
        }
    }
}
