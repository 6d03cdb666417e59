package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.reactor.ConnectionLost.Reason;
import dev.hawser.reactor.StreamFixture.Pair;
import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Files, in order with what is written. */
@ParameterizedClass
@MethodSource("dev.hawser.reactor.StreamSetting#all")
@Timeout(60)
class StreamFilesTest {

    private static final byte[] CONTENT = StreamFixture.randomBytes(3_000_000);

    private final StreamSetting setting;
    private StreamFixture fixture;
    private FileChannel file;

    @TempDir
    private Path directory;

    StreamFilesTest(StreamSetting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new StreamFixture(setting);
        file = FileChannel.open(Files.write(directory.resolve("file"), CONTENT));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        file.close();
    }

    @Test
    void filesGoInOrderWithWhatIsWritten() throws Exception {
        List<Long> counts = new CopyOnWriteArrayList<>();
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.write("head ".getBytes(US_ASCII));
            transport.sendFile(file, 0, CONTENT.length).addCallback(counts::add);
            transport.write(" middle ".getBytes(US_ASCII));
            transport.sendFile(file, 10, 20).addCallback(counts::add);
            transport.sendFile(file, 0, 0).addCallback(counts::add);
            transport.sendFile(file, CONTENT.length - 5, 100).addCallback(counts::add);
            transport.write(" tail".getBytes(US_ASCII));
            assertThat(transport.bufferedBytes()).isEqualTo(18);
            transport.loseConnection();
        }));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes("head ".getBytes(US_ASCII));
        expected.writeBytes(CONTENT);
        expected.writeBytes(" middle ".getBytes(US_ASCII));
        expected.write(CONTENT, 10, 20);
        expected.write(CONTENT, CONTENT.length - 5, 5);
        expected.writeBytes(" tail".getBytes(US_ASCII));

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo(expected.toByteArray());
        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.DONE);
        assertThat(counts).containsExactly((long) CONTENT.length, 20L, 0L, 5L);
        assertThat(fixture.reactor().metrics().bytesSent()).isEqualTo(expected.size());
    }

    @Test
    void theLoopServesOthersWhileAFileWaitsForItsPeer() throws Exception {
        Pair slow = fixture.pair(new RecordingProtocol().onMade(transport -> {
            for (int i = 0; i < 10; i++) {
                transport.sendFile(file, 0, CONTENT.length).addErrback(failure -> 0L);
            }
        }));
        Pair quick = fixture.pair(new RecordingProtocol().echoing());
        quick.client().sendAll("x".getBytes(US_ASCII));

        assertThat(StreamFixture.read(quick.client(), 1)).hasSize(1);
        assertThat(slow.server().isLost()).isFalse();
    }

    @Test
    void anAbortEndsAFileThatIsOnItsWay() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            for (int i = 0; i < 10; i++) {
                transport.sendFile(file, 0, CONTENT.length).addErrback(failure -> {
                    failures.add(failure);
                    return 0L;
                });
            }
        }));
        StreamFixture.read(pair.client(), 100_000);
        fixture.running().run(() -> pair.server().transport().abortConnection());

        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.ABORTED);
        assertThat(failures).isNotEmpty().hasOnlyElementsOfType(ConnectionLost.class);
    }

    @Test
    void aPeerThatGoesAwayFailsTheFile() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            for (int i = 0; i < 10; i++) {
                transport.sendFile(file, 0, CONTENT.length).addErrback(failure -> {
                    failures.add(failure);
                    return 0L;
                });
            }
        }));
        StreamFixture.read(pair.client(), 100_000);
        pair.client().close();

        assertThat(pair.server().awaitLost().reason()).isEqualTo(Reason.LOST);
        eventually().until(() -> failures.size() >= 1);
        assertThat(failures).hasOnlyElementsOfType(ConnectionLost.class);
    }

    @Test
    void aFileThatCannotBeReadFailsItsAnswerAlone() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        FileChannel closed = FileChannel.open(directory.resolve("file"));
        closed.close();
        Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
            transport.sendFile(closed, 0, 10).addErrback(failure -> {
                failures.add(failure);
                transport.write("sorry".getBytes(US_ASCII));
                transport.loseConnection();
                return 0L;
            });
        }));

        assertThat(StreamFixture.readAll(pair.client())).isEqualTo("sorry".getBytes(US_ASCII));
        assertThat(failures).singleElement().isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFileForALostConnectionFailsAtOnce() throws Exception {
        RecordingProtocol protocol = new RecordingProtocol();
        Pair pair = fixture.pair(protocol);
        pair.client().close();
        protocol.awaitLost();

        fixture.running().run(() -> {
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            protocol.transport().sendFile(file, 0, 1).addErrback(failure -> {
                failures.add(failure);
                return 0L;
            });
            assertThat(failures).singleElement().isInstanceOf(ConnectionLost.class);
            assertThatThrownBy(() -> protocol.transport().sendFile(file, -1, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void aConnectionThatMovesTakesItsFilesAlong() throws Exception {
        try (RunningReactor other = RunningReactor.open(setting.backend())) {
            other.run(() -> {});
            List<Thread> threads = new CopyOnWriteArrayList<>();
            Pair pair = fixture.pair(new RecordingProtocol().onMade(transport -> {
                for (int i = 0; i < 5; i++) {
                    transport.sendFile(file, 0, CONTENT.length).addBoth(done -> threads.add(Thread.currentThread()));
                }
                transport.write("tail".getBytes(US_ASCII));
            }));
            StreamFixture.read(pair.client(), 10);
            fixture.running().run(() -> pair.server().transport().moveTo(other.reactor()));
            fixture.running().awaitTurns(1);
            other.awaitTurns(3);
            other.run(() -> pair.server().transport().loseConnection());

            byte[] rest = StreamFixture.readAll(pair.client());
            assertThat(rest).hasSize(5 * CONTENT.length + 4 - 10).endsWith("tail".getBytes(US_ASCII));
            assertThat(threads).hasSize(5).contains(other.thread());
        }
    }
}
