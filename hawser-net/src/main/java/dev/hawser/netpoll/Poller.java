package dev.hawser.netpoll;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An epoll instance, and the loop that wakes the threads whose descriptors it reports.
 *
 * <p>Platform threads are served by a platform thread ({@link PlatformPoller}), virtual threads by virtual ones
 * ({@link VirtualPoller}): then the waker runs on the same carriers as those it wakes, and no kernel thread has to be
 * woken for a message. Each kind serves its own, so that neither can starve the other. A descriptor that is waited for
 * by both is registered with both; each then sees a false alarm now and then.
 */
abstract sealed class Poller implements Runnable permits PlatformPoller, VirtualPoller {

    private static final Logger LOG = System.getLogger(Poller.class.getName());
    private static final int EVENTS_PER_CALL = 512;
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

    private static final DescriptorTable DESCRIPTORS = new DescriptorTable();

    private final MemorySegment events = Arena.global().allocate((long) Epoll.EVENT_SIZE * EVENTS_PER_CALL, 8);
    private final int epollFd;

    Poller(int epollFd) {
        this.epollFd = epollFd;
    }

    /** Which kind this is, as a bit: a descriptor keeps the set of those that watch it. */
    abstract int bit();

    /** Collects, wakes those concerned, and rests. */
    abstract void turn();

    int epollFd() {
        return epollFd;
    }

    /** For as long as the process lives: all waiting threads depend on it, so no failure ends it. */
    @Override
    public void run() {
        for (; ; ) {
            try {
                turn();
            } catch (Throwable t) {
                survive("a poller failed, and goes on", t);
            }
        }
    }

    int add(SystemCalls calls, Descriptor descriptor) {
        DESCRIPTORS.put(descriptor);
        int fd = descriptor.fd();
        int result = calls.epollControl(epollFd, Epoll.CTL_ADD, fd, Epoll.WATCH, fd);
        if (result == -Errno.EEXIST) {
            // Left behind by somebody who closed the number without us: take the registration over.
            result = calls.epollControl(epollFd, Epoll.CTL_MOD, fd, Epoll.WATCH, fd);
        }
        return result;
    }

    static void forget(Descriptor descriptor) {
        DESCRIPTORS.remove(descriptor);
    }

    /** Collects once and wakes those concerned: the number of events. */
    int poll(int timeoutMillis) {
        int n = SystemCalls.installed().epollWait(epollFd, events, timeoutMillis);
        if (n < 0 && n != -Errno.EINTR) {
            survive("epoll_wait failed: " + Errno.describe(-n), null);
        }
        for (int i = 0; i < n; i++) {
            wake((long) i * Epoll.EVENT_SIZE);
        }
        return n;
    }

    private void wake(long event) {
        try {
            dispatch(events.get(JAVA_INT_UNALIGNED, event), events.get(JAVA_LONG_UNALIGNED, event + Epoll.DATA_OFFSET));
        } catch (RuntimeException | Error e) {
            survive("a thread could not be woken", e);
        }
    }

    void dispatch(int readyFor, long data) {
        Descriptor descriptor = DESCRIPTORS.get((int) data);
        if (descriptor != null) {
            descriptor.ready(readyFor);
        }
    }

    private static void survive(String what, @Nullable Throwable why) {
        try {
            LOG.log(Level.ERROR, what, why);
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        } catch (Throwable noMemoryToSayIt) {
            // The next turn may find some: ending here would leave every thread asleep.
        }
    }
}
