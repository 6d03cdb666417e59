package dev.hawser.netpoll;

import dev.hawser.posix.SystemCalls;
import java.util.concurrent.atomic.AtomicInteger;

/** A descriptor that no kernel knows: it counts who uses it, and who closes it. */
final class FakeCalls implements SystemCalls {

    static final int FD = 1_000_000;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean usedWhileClosed;

    /** A call that takes a moment. */
    long use() {
        running.incrementAndGet();
        for (int i = 0; i < 50; i++) {
            usedWhileClosed |= closed.get() != 0;
            Thread.onSpinWait();
        }
        running.decrementAndGet();
        return 1;
    }

    @Override
    public int close(int fd) {
        usedWhileClosed |= running.get() != 0;
        closed.incrementAndGet();
        return 0;
    }

    int timesClosed() {
        return closed.get();
    }

    boolean wasUsedWhileClosed() {
        return usedWhileClosed;
    }
}
