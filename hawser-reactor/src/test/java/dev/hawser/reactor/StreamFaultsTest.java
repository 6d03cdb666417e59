package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Errno;
import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import dev.hawser.socket.Constants;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.CapturedLog;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a kernel may answer, and seldom does. */
@ParameterizedClass
@MethodSource("dev.hawser.reactor.StreamSetting#all")
@Timeout(60)
class StreamFaultsTest {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    private final StreamSetting setting;
    private Faults faults;
    private StreamFixture fixture;

    StreamFaultsTest(StreamSetting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws Exception {
        faults = Faults.install();
        fixture = new StreamFixture(setting);
    }

    @AfterEach
    void close() throws Exception {
        faults.clear();
        fixture.close();
        faults.close();
    }

    /** A client whose own calls have no faults. */
    private Pair faultyPair(RecordingProtocol protocol) throws Exception {
        Pair pair = fixture.pair(protocol);
        faults.clear();
        return pair;
    }

    private int serverFd(RecordingProtocol protocol) throws Exception {
        return fixture.running().call(() -> ((StreamConnection) protocol.transport()).fileno());
    }

    @Test
    void interruptedAndShortCallsAreRepeated() throws Exception {
        byte[] data = StreamFixture.randomBytes(300_000);
        Pair pair = faultyPair(new RecordingProtocol().echoing());
        int fd = serverFd(pair.server());
        faults.randomly(7, 0.3, "recv", "send").forDescriptor(fd).fail(Errno.EINTR, Errno.EAGAIN);
        faults.on("send").forDescriptor(fd).every(3).shortTo(1000);
        faults.on("recv").forDescriptor(fd).every(2).shortTo(1000);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                pair.client().sendAll(data);
                pair.client().shutdown(Constants.SHUT_WR);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(data);
        writer.join();
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(faults.count("send")).isPositive();
        assertThat(faults.count("recv")).isPositive();
    }

    @Test
    void aSendThatFindsNoMemoryIsTriedAgain() throws Exception {
        Pair pair = faultyPair(new RecordingProtocol().echoing());
        faults.on("send").forDescriptor(serverFd(pair.server())).times(3).fail(Errno.ENOBUFS, Errno.ENOMEM);
        pair.client().sendAll(HELLO);

        assertThat(StreamFixture.read(pair.client(), HELLO.length)).isEqualTo(HELLO);
        assertThat(faults.count("send")).isEqualTo(3);
    }

    @Test
    void aBrokenReceiveLosesTheConnection() throws Exception {
        Pair pair = faultyPair(new RecordingProtocol().echoing());
        faults.on("recv").forDescriptor(serverFd(pair.server())).times(1).fail(Errno.ECONNRESET);
        pair.client().sendAll(HELLO);

        ConnectionLost lost = pair.server().awaitLost();
        assertThat(lost.reason()).isEqualTo(Reason.LOST);
        assertThat(lost.errno()).isEqualTo(Errno.ECONNRESET);
        assertThat(pair.server().calls()).containsExactly("made", "lost LOST");
    }

    @Test
    void aBrokenSendLosesTheConnectionAfterWhatHasCome() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = faultyPair(protocol);
        faults.on("send").forDescriptor(serverFd(protocol)).times(1).fail(Errno.EPIPE);
        pair.client().sendAll(HELLO);
        eventually().until(() -> protocol.receivedBytes() == HELLO.length);
        fixture.running().run(() -> {
            pair.client().sendAll(HELLO); // unread when the send fails
            protocol.transport().write(HELLO);
        });

        ConnectionLost lost = protocol.awaitLost();
        assertThat(lost.reason()).isEqualTo(Reason.LOST);
        assertThat(lost.errno()).isEqualTo(Errno.EPIPE);
        assertThat(protocol.receivedBytes()).isEqualTo(2 * HELLO.length);
        assertThat(protocol.calls()).containsExactly("made", "data", "lost LOST");
    }

    @Test
    void aShutdownThatFailsLosesTheConnection() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        faultyPair(protocol);
        faults.on("shutdown").times(1).fail(Errno.ENOTCONN);
        fixture.running().run(() -> protocol.transport().loseWriteConnection());

        assertThat(protocol.awaitLost().errno()).isEqualTo(Errno.ENOTCONN);
    }

    @Test
    void aCloseThatFailsIsReported() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        faultyPair(protocol);
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            faults.on("close").forDescriptor(serverFd(protocol)).times(1).fail(Errno.EIO);
            fixture.running().run(() -> protocol.transport().loseConnection());

            assertThat(protocol.awaitLost().reason()).isEqualTo(Reason.DONE);
            eventually()
                    .untilAsserted(() -> assertThat(log.at(Level.SEVERE))
                            .singleElement()
                            .extracting(LogRecord::getMessage)
                            .asString()
                            .contains("cannot be closed"));
        }
    }

    @Test
    void connectionsThatBrokeBeforeTheyWereAcceptedArePassedOver() throws Exception {
        ListeningPort port = fixture.listen(() -> new RecordingProtocol().echoing());
        faults.on("accept4").times(2).fail(Errno.ECONNABORTED, Errno.EPROTO);
        Socket client = fixture.connect(port);
        client.sendAll(HELLO);

        assertThat(StreamFixture.read(client, HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void aShortageOfDescriptorsDoesNotKeepTheLoopBusy() throws Exception {
        ListeningPort port = fixture.listen(() -> new RecordingProtocol().echoing());
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            long before = faults.seen("accept4");
            // Of three in a row, the third finds that the spare descriptor is of no use either.
            faults.on("accept4").times(7).fail(Errno.EMFILE);
            Socket client = fixture.connect(port);
            client.sendAll(HELLO);
            assertThat(StreamFixture.read(client, HELLO.length)).isEqualTo(HELLO);

            assertThat(faults.count("accept4")).isEqualTo(7);
            assertThat(faults.seen("accept4") - before).isLessThanOrEqualTo(9);
            // A rest after the first failure, and after each that the spare did not help: 100 ms each, and no turn
            // between.
            assertThat(fixture.reactor().metrics().turns()).isLessThan(60);
            assertThat(log.messages())
                    .filteredOn(message -> message.contains("cannot accept for now"))
                    .hasSize(1);
        }
        assertThat(fixture.reactor().metrics().acceptErrors()).isEqualTo(4);
    }
}
