package dev.hawser.socket.concurrency;

/** The two kinds of thread that may wait for a socket. */
public enum ThreadKind {
    PLATFORM,
    VIRTUAL;

    public static ThreadKind of(long number) {
        return number % 2 == 0 ? VIRTUAL : PLATFORM;
    }

    public Thread start(Runnable task) {
        return this == VIRTUAL
                ? Thread.ofVirtual().start(task)
                : Thread.ofPlatform().daemon().name("test").start(task);
    }
}
