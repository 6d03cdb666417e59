package dev.hawser.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns that take too long. */
class StallTest {

    private static final long LIMIT_MILLIS = 20;

    private static void spin(long millis) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < millis * 1_000_000) {
            Thread.onSpinWait();
        }
    }

    /** What comes before. */
    @FunctionalInterface
    private interface Beginning {
        void of(Reactor reactor) throws IOException;
    }

    /** Turns that take so long, and one that does not. */
    private static ReactorMetrics stall(long limitMillis, Beginning beginning) throws IOException {
        String before = System.setProperty("hawser.reactor.stallMillis", "" + limitMillis);
        try (Reactor reactor = Reactor.open()) {
            beginning.of(reactor);
            for (int i = 0; i < 3; i++) {
                reactor.callLater(Duration.ZERO, () -> spin(limitMillis));
                reactor.callLater(Duration.ZERO, () -> spin(1));
                reactor.iterate(Duration.ZERO);
            }
            reactor.iterate(Duration.ofMillis(2 * limitMillis)); // a long wait is none
            return reactor.metrics();
        } finally {
            if (before == null) {
                System.clearProperty("hawser.reactor.stallMillis");
            } else {
                System.setProperty("hawser.reactor.stallMillis", before);
            }
        }
    }

    private static final int COLD_HANDLERS = 1000;

    private static void warmUp(Reactor reactor) throws IOException {
        for (int i = 0; i < COLD_HANDLERS; i++) {
            reactor.callLater(Duration.ZERO, () -> {});
        }
        reactor.iterate(Duration.ZERO);
    }

    @Test
    void aTurnWhoseHandlersTakeTooLongIsCountedAndLoggedOnceInAWhile() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            assertThat(stall(LIMIT_MILLIS, StallTest::warmUp).stalls()).isGreaterThanOrEqualTo(3);
            assertThat(log.at(Level.WARNING)).hasSize(1);
        }
    }

    @Test
    void theFirstHandlersWhichLoadTheirClassesAreCountedAndNotLogged() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            // A machine that is busy may well make 200 ms of 20, but not a second of 100.
            assertThat(stall(5 * LIMIT_MILLIS, reactor -> {}).stalls()).isGreaterThanOrEqualTo(3);
            assertThat(log.at(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void evenTheFirstHandlersAreLoggedWhereTheyTakeTenTimesAsLong() throws IOException {
        try (CapturedLog log = new CapturedLog("dev.hawser.reactor")) {
            stall(LIMIT_MILLIS, reactor -> {
                reactor.callLater(Duration.ZERO, () -> spin(10 * LIMIT_MILLIS));
                reactor.iterate(Duration.ZERO);
            });
            assertThat(log.at(Level.WARNING)).hasSize(1);
        }
    }

    @Test
    void theFlightRecorderIsToldOfEachStall(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("stalls.jfr");
        try (CapturedLog _ = new CapturedLog("dev.hawser.reactor");
                Recording recording = new Recording()) {
            recording.enable("dev.hawser.LoopStall");
            recording.start();
            stall(LIMIT_MILLIS, reactor -> {});
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> stalls = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.hawser.LoopStall"))
                .toList();
        assertThat(stalls).hasSizeGreaterThanOrEqualTo(3).allSatisfy(event -> {
            assertThat(event.getDuration("handlersNanos")).isGreaterThanOrEqualTo(Duration.ofMillis(LIMIT_MILLIS));
            assertThat(event.getLong("handlers")).isEqualTo(2);
            assertThat(event.getThread("eventThread").getJavaName())
                    .isEqualTo(Thread.currentThread().getName());
        });
    }
}
