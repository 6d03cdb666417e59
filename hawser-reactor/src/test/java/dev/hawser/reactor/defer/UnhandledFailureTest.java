package dev.hawser.reactor.defer;

import static dev.hawser.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hawser.testkit.CapturedLog;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnhandledFailureTest {

    private final CapturedLog log = new CapturedLog("dev.hawser.reactor.defer");

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void anUnhandledFailureIsReportedWithThePlaceWhereTheDeferredWasMade() {
        failAndForget("nobody looks");
        LogRecord report = report("nobody looks");
        assertThat(report.getLevel()).isEqualTo(Level.SEVERE);
        assertThat(report.getMessage())
                .contains("made at dev.hawser.reactor.defer.UnhandledFailureTest.made(UnhandledFailureTest.java:")
                .contains(
                        "fired at dev.hawser.reactor.defer.UnhandledFailureTest.failAndForget(UnhandledFailureTest.java:");
        assertThat(report.getThrown().getStackTrace()[0].getMethodName()).isEqualTo("failAndForget");
    }

    @Test
    void whatACallbackHasThrownIsReported() {
        throwInACallback("thrown by a callback");
        assertThat(report("thrown by a callback").getMessage()).contains("UnhandledFailureTest.made");
    }

    @Test
    void theFailureOfAnInnerDeferredIsReportedOnceForTheOuter() {
        failInside("inside");
        report("inside");
        assertThat(records("inside")).hasSize(1);
    }

    @Test
    void onlyTheFailureThatIsTheLastResultIsReported() {
        made().addErrback(failure -> 0).errback(new Exception("handled"));
        handleLater("handled later");
        handOver("handed over");
        lookAtIt("looked at");
        failAndForget("the last one");
        report("the last one");
        assertThat(records("the last one")).hasSize(1);
        for (String handled : List.of("handled", "handled later", "handed over", "looked at")) {
            assertThat(records(handled)).isEmpty();
        }
    }

    private static Deferred<Integer> made() {
        return new Deferred<>();
    }

    private static void failAndForget(String message) {
        made().errback(new Exception(message));
    }

    private static void throwInACallback(String message) {
        made().addCallback(n -> {
                    throw new Exception(message);
                })
                .callback(1);
    }

    private static void failInside(String message) {
        Deferred.succeed(1).thenCompose(n -> Deferred.fail(new Exception(message)));
    }

    private static void handleLater(String message) {
        Deferred<Integer> failed = Deferred.fail(new Exception(message));
        failed.addErrback(failure -> 0);
    }

    private static void handOver(String message) {
        Deferred<Integer> other = new Deferred<>();
        Deferred.<Integer>fail(new Exception(message)).chainDeferred(other);
        other.addErrback(failure -> 0);
    }

    private static void lookAtIt(String message) {
        assertThat(Deferred.<Integer>fail(new Exception(message)).toCompletableFuture())
                .isCompletedExceptionally();
    }

    private LogRecord report(String message) {
        eventually().until(() -> {
            System.gc();
            return !records(message).isEmpty();
        });
        return records(message).getFirst();
    }

    private List<LogRecord> records(String message) {
        return log.records().stream()
                .filter(each -> each.getThrown() != null
                        && message.equals(each.getThrown().getMessage()))
                .toList();
    }
}
