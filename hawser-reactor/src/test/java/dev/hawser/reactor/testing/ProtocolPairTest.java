package dev.hawser.reactor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ProtocolPairTest extends MemoryTransportContract {
    private final Recorder peer = new Recorder().on("readEnded", self -> {});
    private ProtocolPair pair;

    @Override
    void connect(Recorder protocol) {
        pair = ProtocolPair.connect(peer, protocol);
    }

    @Override
    void peerSends(String text) {
        peer.write(text);
    }

    @Override
    void peerEnds() {
        pair.clientTransport().loseWriteConnection();
    }

    @Override
    String peerGot() {
        peer.told.removeIf(what -> what.equals("made") || what.contains("Ended") || what.startsWith("lost "));
        String got = String.join("", peer.told);
        peer.told.clear();
        return got;
    }

    @Override
    void peerTakes(boolean taking) {
        if (taking) {
            pair.clientTransport().resumeProducing();
        } else {
            pair.clientTransport().pauseProducing();
        }
    }

    @Override
    void settle() {
        pair.flush();
    }

    @Test
    void nothingMovesUntilItIsPumped() {
        Recorder server = new Recorder();
        connect(server);
        peerSends("x");

        assertThat(server.told).containsExactly("made");
        assertThat(pair.pump()).isTrue();
        assertThat(server.told).containsExactly("made", "x");
        assertThat(pair.pump()).isFalse();
    }

    @Test
    void bytesMayComeOneAtATime() {
        Recorder server = new Recorder();
        connect(server);
        pair.withBytesAtATime(1);
        peerSends("abc");
        pair.flush();

        assertThat(server.told).containsExactly("made", "a", "b", "c");
        assertThatIllegalArgumentException().isThrownBy(() -> pair.withBytesAtATime(0));
    }

    @Test
    void theEndOfOneIsTheEndOfTheOtherAfterAllData() {
        AccumulatingProtocol client = new AccumulatingProtocol();
        AccumulatingProtocol server = new AccumulatingProtocol();
        pair = ProtocolPair.connect(client, server).withBytesAtATime(1);
        client.transport().write("good bye".getBytes(UTF_8));
        client.transport().loseConnection();
        pair.flush();

        assertThat(server.text()).isEqualTo("good bye");
        assertThat(server.hasReadEnded()).isTrue();
        assertThat(server.lost()).hasMessageContaining("closed");
        assertThat(pair.isClosed()).isTrue();
    }

    @Test
    void anAbortIsAResetForThePeer() {
        Recorder server = new Recorder();
        connect(server);
        pair.clientTransport().abortConnection();
        pair.flush();

        assertThat(peer.told).containsExactly("made", "lost ABORTED");
        assertThat(server.told).containsExactly("made", "lost LOST");
    }

    @Test
    void whoWritesToOneThatHasClosedIsReset() {
        Recorder server = new Recorder().on("readEnded", self -> {});
        connect(server);
        pair.clientTransport().loseConnection();
        pair.flush();
        assertThat(server.told).containsExactly("made", "readEnded");
        server.write("anybody there?");
        pair.flush();

        assertThat(server.told).containsExactly("made", "readEnded", "lost LOST");
    }

    @Test
    void bothAreToldThatTheNetworkBroke() {
        Recorder server = new Recorder();
        connect(server);
        pair.breakConnection();

        assertThat(server.told).containsExactly("made", "lost LOST");
        assertThat(peer.told).containsExactly("made", "lost LOST");
    }

    @Test
    void protocolsThatNeverStopAreFoundOut() {
        pair = ProtocolPair.connect(
                new Recorder().on("made", self -> self.write("x")).on("data", self -> self.write("x")),
                new Recorder().on("data", self -> self.write("x")));

        assertThatIllegalStateException().isThrownBy(pair::flush);
    }

    @Test
    void whatEachHasThrownIsKept() {
        IllegalStateException onPurpose = new IllegalStateException("on purpose");
        connect(new Recorder().on("data", self -> {
            throw onPurpose;
        }));
        peerSends("x");
        pair.flush();

        assertThat(pair.serverFailure()).isSameAs(onPurpose);
        assertThat(pair.clientFailure()).isNull();
    }
}
