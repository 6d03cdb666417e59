package dev.hawser.socketserver;

import java.time.Duration;

/** The thread of a {@link WorkerPool} in which it starts workers, and in which its time limits run out. A seam for tests. */
interface PoolTimers extends AutoCloseable {

    /** Does something soon. */
    void execute(Runnable task);

    /** Does something later, unless what is returned is run before. */
    Runnable after(Duration delay, Runnable task);

    /** Drops what is still to be done, and ends the thread. May be called in it. */
    @Override
    void close();
}
