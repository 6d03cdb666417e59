package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import dev.hawser.socket.ConnectionBrokenException;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Errno;
import dev.hawser.socket.Linger;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketError;
import dev.hawser.socket.SocketOptions;
import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end: connectionLost comes once, after all data, and says why. */
@ParameterizedClass
@MethodSource("dev.hawser.reactor.StreamSetting#all")
@Timeout(60)
class StreamEndsTest {

    /** The methods of a protocol. */
    enum Callback {
        MADE,
        DATA,
        READ_LOST,
        WRITE_LOST,
        LOST
    }

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final byte[] ANSWER = "the answer".getBytes(US_ASCII);

    private final StreamSetting setting;
    private StreamFixture fixture;

    StreamEndsTest(StreamSetting setting) {
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

    /** A protocol that does something in one of its methods, and gets to each of them. */
    private static RecordingProtocol doing(Callback where, Consumer<Transport> what) {
        RecordingProtocol protocol = new RecordingProtocol()
                .onData((transport, data) -> transport.loseWriteConnection())
                .onReadLost(transport -> {});
        return switch (where) {
            case MADE -> protocol.onMade(what);
            case DATA -> protocol.onData((transport, data) -> what.accept(transport));
            case READ_LOST -> protocol.onReadLost(what);
            case WRITE_LOST -> protocol.onWriteLost(what);
            case LOST -> protocol.onLost(what);
        };
    }

    /** A client that sends, ends its side, and waits for the other end. The server may be quicker with each. */
    private void live(RecordingProtocol protocol) throws Exception {
        ListeningPort port = fixture.listen(() -> protocol);
        try {
            Socket client = fixture.connect(port);
            client.sendAll(HELLO);
            client.shutdown(Constants.SHUT_WR);
            StreamFixture.readAll(client);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketError.class);
        }
        fixture.nextServer();
    }

    @Test
    void answersAreStillSentAfterThePeersHalfClose() throws Exception {
        byte[] large = StreamFixture.randomBytes(3_000_000);
        Pair pair = fixture.pair(new RecordingProtocol().onData((transport, data) -> transport.write(large)));
        pair.client().sendAll(HELLO);
        pair.client().shutdown(Constants.SHUT_WR);

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(large);
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(pair.server().calls()).containsExactly("made", "data", "readLost", "lost DONE");
    }

    @Test
    void aProtocolMayAnswerLongAfterThePeersHalfClose() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onReadLost(transport -> {});
        Pair pair = fixture.pair(protocol);
        pair.client().shutdown(Constants.SHUT_WR);
        eventually().until(() -> protocol.calls().contains("readLost"));
        fixture.running().awaitTurns(3);
        assertThat(protocol.isLost()).isFalse();

        fixture.running().run(() -> {
            protocol.transport().write(ANSWER);
            protocol.transport().loseConnection();
        });

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(ANSWER);
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void loseWriteConnectionSendsTheEndAndStillReceives() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onMade(transport -> {
            transport.write(ANSWER);
            transport.loseWriteConnection();
            transport.write(HELLO); // dropped
        });
        Pair pair = fixture.pair(protocol);

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(ANSWER);
        pair.client().sendAll(HELLO);
        pair.client().close();
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(protocol.received()).isEqualTo(HELLO);
        assertThat(protocol.calls()).containsExactly("made", "writeLost", "data", "readLost", "lost DONE");
    }

    @Test
    void aConnectionEndsWhenBothSidesHave() throws Exception {
        RecordingProtocol protocol =
                new RecordingProtocol().onReadLost(transport -> {}).onMade(Transport::loseWriteConnection);
        Pair pair = fixture.pair(protocol);
        pair.client().shutdown(Constants.SHUT_WR);

        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void loseConnectionSendsAllThatWasWrittenFirst() throws Exception {
        byte[] large = StreamFixture.randomBytes(5_000_000);
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.write(large);
            transport.loseConnection();
            transport.write(HELLO); // dropped
        }));

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(large);
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void aPausedConnectionEndsAsWell() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onMade(transport -> {
            transport.pauseProducing();
            transport.write(ANSWER);
            transport.loseConnection();
        });
        Pair pair = fixture.pair(protocol);

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(ANSWER);
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
    }

    @Test
    void aPeersResetLosesTheConnectionWithItsErrno() throws Exception {
        assumeTrue(setting.isTcp(), "only TCP resets");
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = fixture.pair(protocol);
        pair.client().sendAll(HELLO);
        eventually().until(() -> protocol.receivedBytes() == HELLO.length);
        pair.client().setSockOpt(SocketOptions.SO_LINGER, Linger.RESET);
        pair.client().close();

        ConnectionLost lost = protocol.awaitLost();
        assertThat(lost.reason()).isEqualTo(Reason.LOST);
        assertThat(lost.errno()).isEqualTo(Errno.ECONNRESET);
        assertThat(lost).hasMessageContaining("ECONNRESET").hasMessageContaining("->");
        assertThat(protocol.calls()).containsExactly("made", "data", "lost LOST");
        assertThat(fixture.reactor().metrics().connectionsLost()).isOne();
    }

    @Test
    void whatCameBeforeTheEndIsToldAlsoWhereWritingFails() throws Exception {
        byte[] large = StreamFixture.randomBytes(200_000);
        RecordingProtocol protocol = new RecordingProtocol().onMade(Transport::pauseProducing);
        Pair pair = fixture.pair(protocol);
        pair.client().setTimeout(Duration.ZERO);
        int sent = pair.client().send(large);
        pair.client().close();

        fixture.running().run(() -> {
            protocol.transport().resumeProducing();
            for (int i = 0; i < 4; i++) {
                protocol.transport().write(large);
            }
        });

        protocol.awaitLost();
        assertThat(protocol.receivedBytes()).isEqualTo(sent);
    }

    @Test
    void abortConnectionDropsWhatWasWrittenAndResets() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = fixture.pair(protocol);
        fixture.running().run(() -> {
            protocol.transport().write(ANSWER);
            protocol.transport().abortConnection();
            assertThat(protocol.isLost()).isFalse(); // not inside the call
            assertThat(protocol.transport().isConnected()).isFalse();
        });

        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.ABORTED);
        if (setting.isTcp()) {
            assertThatThrownBy(() -> pair.client().recv(10)).isInstanceOf(ConnectionBrokenException.class);
        } else {
            assertThat(pair.client().recv(10)).isEmpty();
        }
    }

    @Test
    void abortConnectionEndsAConnectionThatCannotBeFlushed() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onMade(transport -> {
            transport.write(new byte[20_000_000]);
            transport.loseConnection();
        });
        fixture.pair(protocol);
        fixture.running().awaitTurns(3);
        assertThat(protocol.isLost()).isFalse();

        fixture.running().run(() -> protocol.transport().abortConnection());
        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.ABORTED);
    }

    @ParameterizedTest
    @EnumSource
    void loseConnectionMayBeCalledAnywhere(Callback where) throws Exception {
        RecordingProtocol protocol = doing(where, Transport::loseConnection);
        live(protocol);

        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
        assertEndedOnce(protocol);
    }

    @ParameterizedTest
    @EnumSource
    void abortConnectionMayBeCalledAnywhere(Callback where) throws Exception {
        RecordingProtocol protocol = doing(where, Transport::abortConnection);
        live(protocol);

        assertThat(protocol.awaitLost().reason()).isEqualTo(where == Callback.LOST ? Reason.DONE : Reason.ABORTED);
        assertEndedOnce(protocol);
    }

    @ParameterizedTest
    @EnumSource
    void everythingMayBeCalledAnywhere(Callback where) throws Exception {
        RecordingProtocol protocol = doing(where, transport -> {
            transport.write(ANSWER);
            transport.pauseProducing();
            transport.resumeProducing();
            transport.loseWriteConnection();
            transport.loseConnection();
            transport.abortConnection();
            transport.unregisterProducer();
            transport.loseConnection();
        });
        live(protocol);

        protocol.awaitLost();
        assertEndedOnce(protocol);
    }

    private void assertEndedOnce(RecordingProtocol protocol) throws Exception {
        fixture.running().awaitTurns(3);
        assertThat(protocol.calls()).filteredOn(call -> call.startsWith("lost")).hasSize(1);
        assertThat(protocol.calls().getLast()).startsWith("lost");
        assertThat(fixture.reactor().metrics().connectionsOpen()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aMethodThatThrowsLosesItsConnectionIsReportedAndHarmsNoOther(Callback where) throws Exception {
        ListeningPort good = fixture.listen(() -> new RecordingProtocol().echoing());
        Socket other = fixture.connect(good);
        RecordingProtocol otherServer = fixture.nextServer();
        RecordingProtocol protocol = doing(where, transport -> {
            throw new IllegalStateException("thrown by the test");
        });
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            live(protocol);

            ConnectionLost lost = protocol.awaitLost();
            if (where != Callback.LOST) {
                assertThat(lost.reason()).isEqualTo(Reason.LOST);
                assertThat(lost).hasRootCauseMessage("thrown by the test");
            }
            assertEndedOfOne(protocol);
            eventually()
                    .untilAsserted(() -> assertThat(log.at(Level.SEVERE))
                            .singleElement()
                            .extracting(LogRecord::getMessage)
                            .asString()
                            .contains(RecordingProtocol.class.getName()));
        }

        other.sendAll(HELLO);
        assertThat(StreamFixture.read(other, HELLO.length)).isEqualTo(HELLO);
        assertThat(otherServer.isLost()).isFalse();
    }

    private void assertEndedOfOne(RecordingProtocol protocol) throws Exception {
        fixture.running().awaitTurns(3);
        assertThat(protocol.calls()).filteredOn(call -> call.startsWith("lost")).hasSize(1);
        assertThat(fixture.reactor().metrics().connectionsOpen()).isOne();
    }

    @Test
    void theReactorsEndEndsItsConnections() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = fixture.pair(protocol);
        fixture.running().close();

        assertThat(protocol.awaitLost()).hasMessageContaining("the reactor was closed");
        assertThat(protocol.calls()).containsExactly("made", "lost ABORTED");
        assertThat(pair.client().recv(10)).isEmpty();
    }

    @Test
    void anotherThreadIsSentToCallFromThread() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        fixture.pair(protocol);

        assertThatThrownBy(() -> protocol.transport().write(HELLO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("callFromThread");
        assertThatThrownBy(() -> protocol.transport().loseConnection()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> protocol.transport().abortConnection()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> protocol.transport().pauseProducing()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> protocol.transport().isConnected()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> protocol.transport().bufferedBytes()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> protocol.transport().getHost()).isInstanceOf(IllegalStateException.class);
        assertThat(protocol.transport().reactor()).isSameAs(fixture.reactor()); // for callFromThread
    }

    @Test
    void whatIsWrittenAfterTheEndIsDropped() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol().onLost(transport -> transport.write(HELLO));
        Pair pair = fixture.pair(protocol);
        pair.client().close();
        protocol.awaitLost();

        fixture.running().run(() -> {
            protocol.transport().write(HELLO);
            protocol.transport().loseConnection();
            protocol.transport().abortConnection();
            assertThat(protocol.transport().bufferedBytes()).isZero();
            assertThat(protocol.transport().getHost()).isNotNull();
        });
        assertEndedOnce(protocol);
    }

    /** The send that fails is one of the backend's own, while the queue is long: whether or not the connection is read from meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {64 * 1024, 64 * 1024 * 1024})
    void whatCameBeforeTheEndIsToldAlsoWhereALaterSendFails(long highWaterBytes) throws Exception {
        byte[] large = StreamFixture.randomBytes(200_000);
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = fixture.pair(protocol);
        fixture.running().run(() -> {
            protocol.transport().setWriteLimits(new WriteLimits(0, highWaterBytes, 64 * 1024 * 1024));
            protocol.transport().write(new byte[20_000_000]);
        });
        pair.client().setTimeout(Duration.ZERO);
        int sent = fixture.running().call(() -> {
            int count = pair.client().send(large);
            pair.client().close();
            return count;
        });

        assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.LOST);
        assertThat(protocol.receivedBytes()).isEqualTo(sent);
        assertEndedOnce(protocol);
    }
}
