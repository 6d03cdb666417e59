package dev.hawser.testkit;

import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Listens to the reports of sockets that were lost without close(). */
final class LostSockets extends Handler {

    /** The thread that closes and reports what was lost. */
    private static final String REPORTER = "hawser-leaks";

    private static final Queue<LogRecord> REPORTS = new ConcurrentLinkedQueue<>();

    /** Held, because java.util.logging forgets a logger, and its handlers with it, that nobody holds. */
    private static final Logger LOGGER = listen(Logger.getLogger("dev.hawser.socket.leak"));

    private LostSockets() {}

    private static Logger listen(Logger logger) {
        logger.addHandler(new LostSockets());
        return logger;
    }

    /** The reports since the last call. */
    static List<LogRecord> take() {
        if (LOGGER.getHandlers().length == 0) {
            listen(LOGGER); // somebody has reset java.util.logging
        }
        List<LogRecord> taken = new ArrayList<>();
        for (LogRecord report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            taken.add(report);
        }
        return taken;
    }

    /**
     * Whether all that was closed for being lost has been reported: the descriptor is closed first, and for a moment
     * there is neither a leak nor a report.
     */
    static boolean isIdle() {
        return LiveThreads.all().stream()
                .filter(thread -> thread.getName().equals(REPORTER))
                .allMatch(LostSockets::waitsForGarbage);
    }

    private static boolean waitsForGarbage(Thread reporter) {
        return Stream.of(reporter.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ReferenceQueue.class.getName()));
    }

    static String describe(LogRecord report) {
        Throwable opened = report.getThrown();
        return opened == null
                ? report.getMessage()
                : report.getMessage() + "; " + opened.getMessage() + LiveThreads.stack(opened.getStackTrace());
    }

    @Override
    public void publish(LogRecord report) {
        REPORTS.add(report);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
