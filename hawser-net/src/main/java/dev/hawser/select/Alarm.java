package dev.hawser.select;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wake-up among what a selector waits for, with the reasons for it.
 *
 * <h2>Threading</h2>
 * Safe from any thread; one thread at a time takes.
 */
final class Alarm {

    /** Somebody wants the select to return. */
    static final int RETURN = 1;

    /** What is waited for has changed: look again, and wait on. */
    static final int CHANGE = 2;

    private final Wakeup wakeup;

    /** Those that nobody has taken yet. Where there are some, it is ready; it may be so where there are none. */
    private final AtomicInteger reasons = new AtomicInteger();

    Alarm(SystemCalls calls) throws IOException {
        wakeup = Wakeup.open(calls, "open");
    }

    /** The number, to be waited for; it is the owner's to see that nobody waits for it when it is closed. */
    int fd() {
        return wakeup.fileno();
    }

    /** Has the thread that waits, or the next one, look. */
    void signal(int reason) {
        if (reasons.getAndUpdate(before -> before | reason) == 0) {
            wakeup.wakeUp();
        }
    }

    /** The reasons until now, which are forgotten. */
    int take() {
        // In this order: a signal between the two is taken now, and the other way round it would be lost.
        wakeup.clear();
        return reasons.getAndSet(0);
    }

    void close() {
        wakeup.close();
    }
}
