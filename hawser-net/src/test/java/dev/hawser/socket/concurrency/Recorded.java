package dev.hawser.socket.concurrency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What JFR saw during a test. */
public final class Recorded {

    private static final String PINNED = "jdk.VirtualThreadPinned";

    /** Does what only may throw. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private Recorded() {}

    /** The times that a virtual thread kept its carrier while it waited, however short. */
    public static List<RecordedEvent> pinnedDuring(Action action) throws Exception {
        Path file = Files.createTempFile("hawser", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
            return pinned(file);
        } finally {
            Files.delete(file);
        }
    }

    private static List<RecordedEvent> pinned(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .toList();
    }
}
