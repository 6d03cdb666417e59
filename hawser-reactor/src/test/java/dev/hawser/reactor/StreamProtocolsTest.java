package dev.hawser.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import dev.hawser.socket.Constants;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are given to another protocol. */
@ParameterizedClass
@MethodSource("dev.hawser.reactor.StreamSetting#all")
@Timeout(60)
class StreamProtocolsTest {

    private final StreamSetting setting;
    private StreamFixture fixture;

    StreamProtocolsTest(StreamSetting setting) {
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

    /** Takes one byte, and gives the connection away. */
    private static final class Introduction extends Protocol {
        private final Protocol next;

        Introduction(Protocol next) {
            this.next = next;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            data.get();
            transport().setProtocol(next);
        }

        @Override
        public void connectionLost(ConnectionLost reason) {
            throw new AssertionError("it hears no more");
        }
    }

    private Pair introduced(RecordingProtocol next) throws Exception {
        ListeningPort port = fixture.listenWith(address -> new Introduction(new Introduction(next)));
        return new Pair(fixture.connect(port), next);
    }

    @Test
    void whatIsLeftInTheBufferIsTheFirstThatTheNextOneReceives() throws Exception {
        RecordingProtocol next = new RecordingProtocol().echoing();
        Pair pair = introduced(next);
        pair.client().sendAll("12three".getBytes(US_ASCII));

        assertThat(StreamFixture.read(pair.client(), 5)).asString().isEqualTo("three");
        pair.client().sendAll("four".getBytes(US_ASCII));
        assertThat(StreamFixture.read(pair.client(), 4)).asString().isEqualTo("four");
        pair.client().shutdown(Constants.SHUT_WR);
        assertThat(next.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(next.calls()).containsExactly("made", "data", "readLost", "lost DONE");
    }

    @Test
    void oneThatPausesGetsWhatWasLeftWhenItResumes() throws Exception {
        RecordingProtocol next =
                new RecordingProtocol().onMade(Transport::pauseProducing).echoing();
        Pair pair = introduced(next);
        pair.client().sendAll("12three".getBytes(US_ASCII));
        while (next.calls().isEmpty()) {
            fixture.running().awaitTurns(1);
        }
        pair.client().sendAll("four".getBytes(US_ASCII));
        fixture.running().awaitTurns(5);
        assertThat(next.receivedBytes()).isZero();

        fixture.running().run(() -> next.transport().resumeProducing());
        assertThat(StreamFixture.read(pair.client(), 9)).asString().isEqualTo("threefour");
    }

    @Test
    void aConnectionTellsWhoHasIt() throws Exception {
        RecordingProtocol first = new RecordingProtocol();
        RecordingProtocol second = new RecordingProtocol();
        fixture.pair(first);
        fixture.running().run(() -> {
            Transport transport = first.transport();
            assertThat(transport.protocol()).isSameAs(first);
            transport.setProtocol(second);
            assertThat(transport.protocol()).isSameAs(second);
            assertThat(second.transport()).isSameAs(transport);
            transport.loseConnection();
        });
        assertThat(second.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(first.calls()).containsExactly("made");
    }

    @Test
    void whatTheNextOneThrowsLosesTheConnection() throws Exception {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        RecordingProtocol next = new RecordingProtocol().onMade(transport -> {
            throw thrown;
        });
        Pair pair = introduced(next);
        pair.client().sendAll("12three".getBytes(US_ASCII));

        assertThat(next.awaitLost()).hasCause(thrown);
        assertThat(next.receivedBytes()).isZero();
    }

    @Test
    void aConnectionThatHasEndedTakesNoOther() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = fixture.pair(protocol);
        pair.client().close();
        protocol.awaitLost();

        List<String> before = List.copyOf(protocol.calls());
        assertThatThrownBy(
                        () -> fixture.running().run(() -> protocol.transport().setProtocol(new RecordingProtocol())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
        assertThat(protocol.calls()).isEqualTo(before);
    }
}
