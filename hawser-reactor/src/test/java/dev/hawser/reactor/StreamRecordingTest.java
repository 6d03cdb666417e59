package dev.hawser.reactor;

import static dev.hawser.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.posix.Errno;
import dev.hawser.reactor.StreamFixture.Pair;
import dev.hawser.socket.Socket;
import dev.hawser.testkit.Faults;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What JDK Flight Recorder is told. */
@Timeout(60)
class StreamRecordingTest {

    private static final StreamSetting SETTING = new StreamSetting(BackendKind.EPOLL, StreamSetting.Family.TCP4);

    @TempDir
    private Path directory;

    /** The events of this name: others are recorded as well. */
    private List<RecordedEvent> stop(Recording recording, String name) throws Exception {
        recording.stop();
        Path file = directory.resolve("events.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void connectionsAreRecordedWithTheirBytesAndTheirEnd() throws Exception {
        try (Recording recording = new Recording();
                StreamFixture fixture = new StreamFixture(SETTING)) {
            recording.enable(ConnectionEvent.class);
            recording.start();
            Pair pair = fixture.pair(new RecordingProtocol().echoing());
            pair.client().sendAll("hello".getBytes(US_ASCII));
            StreamFixture.read(pair.client(), 5);
            String peer = pair.client().getSockName().toString();
            pair.client().close();
            pair.server().awaitLost();

            assertThat(stop(recording, "dev.hawser.Connection")).singleElement().satisfies(event -> {
                assertThat(event.getString("peer")).isEqualTo(peer);
                assertThat(event.getString("protocol")).endsWith("RecordingProtocol");
                assertThat(event.getLong("bytesReceived")).isEqualTo(5);
                assertThat(event.getLong("bytesSent")).isEqualTo(5);
                assertThat(event.getString("reason")).isEqualTo("DONE");
                assertThat(event.getDuration()).isPositive();
            });
        }
    }

    @Test
    void acceptsThatFailAreRecorded() throws Exception {
        try (Faults faults = Faults.install();
                Recording recording = new Recording();
                StreamFixture fixture = new StreamFixture(SETTING)) {
            recording.enable(AcceptErrorEvent.class);
            recording.start();
            ListeningPort port = fixture.listen(() -> new RecordingProtocol().echoing());
            faults.on("accept4").times(1).fail(Errno.ENOBUFS);
            try (Socket client = fixture.connect(port)) {
                client.sendAll("x".getBytes(US_ASCII));
                StreamFixture.read(client, 1);
            }
            eventually().until(() -> fixture.reactor().metrics().connectionsOpen() == 0);

            assertThat(stop(recording, "dev.hawser.AcceptError"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getString("port"))
                                .isEqualTo(port.getHost().toString());
                        assertThat(event.getString("error")).contains("ENOBUFS");
                    });
        }
    }
}
