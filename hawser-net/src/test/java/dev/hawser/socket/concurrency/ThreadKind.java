package dev.hawser.socket.concurrency;

/** The two kinds of thread that may wait for a socket. */
enum ThreadKind {
    PLATFORM,
    VIRTUAL;

    static ThreadKind of(long number) {
        return number % 2 == 0 ? VIRTUAL : PLATFORM;
    }

    Thread start(Runnable task) {
        return this == VIRTUAL
                ? Thread.ofVirtual().start(task)
                : Thread.ofPlatform().daemon().name("test").start(task);
    }
}
