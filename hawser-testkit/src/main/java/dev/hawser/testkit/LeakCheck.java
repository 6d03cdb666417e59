package dev.hawser.testkit;

import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails every test class that leaves a descriptor or a platform thread behind, or that lost a socket without closing it.
 * It needs no mention in the class: it registers itself, where the system property
 * {@code junit.jupiter.extensions.autodetection.enabled} is true.
 *
 * <p>The message names each descriptor with what it is (a socket with its addresses, from /proc), each thread with its
 * stack, and each lost socket with the stack that opened it. Sockets of {@code java.net} count as any other.
 *
 * <p>What may take its time to end (a process, a pool that was shut down) has five seconds for it; the configuration
 * parameter {@value #PATIENCE_MILLIS} changes that. The check comes after everything that belongs to the class: its
 * {@code @AfterAll} methods, extensions, {@code @AutoClose} fields. Nested classes are part of the outermost one.
 *
 * <p>It does not see virtual threads: one that waits for a descriptor shows by that descriptor. It compares the whole
 * process before and after, so test classes must run one after another.
 */
public final class LeakCheck implements BeforeAllCallback {

    static final String PATIENCE_MILLIS = "hawser.leakcheck.patienceMillis";

    private static final int DEFAULT_PATIENCE_MILLIS = 5_000;
    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);

    /** For the service loader. */
    public LeakCheck() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (context.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            return;
        }
        long patienceMillis = context.getConfigurationParameter(PATIENCE_MILLIS, Long::valueOf)
                .orElse((long) DEFAULT_PATIENCE_MILLIS);
        // The store closes in reverse order what was put into it, after all callbacks: what comes first, ends last.
        context.getStore(NAMESPACE)
                .put(
                        LeakWatch.class,
                        LeakWatch.begin(context.getRequiredTestClass().getSimpleName(), patienceMillis));
    }

    /**
     * For a test that loses sockets on purpose: the reports of lost sockets since the class began, which then no longer
     * count against it. The stack that opened the socket is {@link LogRecord#getThrown}.
     *
     * @return the reports that nobody has taken yet, oldest first
     */
    public static List<LogRecord> takeLostReports() {
        return LostSockets.take();
    }
}
