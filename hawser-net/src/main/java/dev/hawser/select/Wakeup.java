package dev.hawser.select;

import dev.hawser.netpoll.Handle;
import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A descriptor that one thread makes readable to end the wait of another: eventfd(2). Safe from any thread. */
final class Wakeup implements AutoCloseable {

    private static final int FLAGS = Abi.value("EFD_CLOEXEC") | Abi.value("EFD_NONBLOCK");
    private static final MemorySegment ONE =
            MemorySegment.ofArray(new long[] {1}).asReadOnly();

    private final SystemCalls calls;
    private final Handle handle;

    private Wakeup(SystemCalls calls, int fd) {
        this.calls = calls;
        this.handle = Handle.open(calls, fd);
    }

    /**
     * Makes one.
     *
     * @param operation the one of the caller that needs it
     */
    static Wakeup open(SystemCalls calls, String operation) throws IOException {
        int fd = calls.eventFd(0, FLAGS);
        if (fd < 0) {
            throw SelectErrors.of(operation, "to be woken up", "eventfd", fd);
        }
        return new Wakeup(calls, fd);
    }

    /** The number; it stays the same until {@link #close}. */
    int fileno() {
        return handle.descriptor().fd();
    }

    /** Makes it readable, until {@link #clear}. After {@link #close} it does nothing. */
    void wakeUp() {
        // EAGAIN: the counter is full, so that it is readable as well.
        handle.now(() -> calls.write(handle.descriptor().fd(), ONE));
    }

    /** Makes it unreadable again. */
    void clear() {
        MemorySegment count = MemorySegment.ofArray(new long[1]);
        handle.now(() -> calls.read(handle.descriptor().fd(), count));
    }

    @Override
    public void close() {
        handle.close(false);
    }
}
