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

/**
 * An epoll instance, and the loop that wakes the threads whose descriptors it reports.
 *
 * <p>Platform threads are served by a platform thread ({@link PlatformPoller}), virtual threads by virtual ones
 * ({@link VirtualPoller}): then the waker runs on the same carriers as those it wakes, and no kernel thread has to be
 * woken for a message. Each kind serves its own, so that neither can starve the other. A descriptor that is waited for
 * by both is registered with both; each then sees a false alarm now and then.
 */
abstract sealed class Poller permits PlatformPoller, VirtualPoller {

    private static final Logger LOG = System.getLogger(Poller.class.getName());
    private static final int EVENTS_PER_CALL = 512;
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

    private static final DescriptorTable DESCRIPTORS = new DescriptorTable();

    private final MemorySegment events = Arena.global().allocate((long) Epoll.EVENT_SIZE * EVENTS_PER_CALL, 8);
    private final int epollFd;

    Poller() {
        int fd = SystemCalls.LIBC.epollCreate(Epoll.CLOEXEC);
        if (fd < 0) {
            throw new IllegalStateException("no epoll instance to wait in: epoll_create1: " + Errno.describe(-fd));
        }
        epollFd = fd;
    }

    /** The poller that serves the calling thread for this descriptor number. */
    static Poller forCurrentThread(int fd) {
        return Thread.currentThread().isVirtual() ? VirtualPoller.of(fd) : PlatformPoller.instance();
    }

    /** Which kind this is, as a bit: a descriptor keeps the set of those that watch it. */
    abstract int bit();

    int epollFd() {
        return epollFd;
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

    /** Ends the watch before the number is given back: a duplicate of it would keep the registration alive. */
    static void remove(SystemCalls calls, Descriptor descriptor, int watchers) {
        int fd = descriptor.fd();
        DESCRIPTORS.remove(descriptor);
        if ((watchers & VirtualPoller.BIT) != 0) {
            calls.epollControl(VirtualPoller.of(fd).epollFd(), Epoll.CTL_DEL, fd, 0, 0);
        }
        if ((watchers & PlatformPoller.BIT) != 0) {
            calls.epollControl(PlatformPoller.instance().epollFd(), Epoll.CTL_DEL, fd, 0, 0);
        }
    }

    /** Collects once and wakes those concerned: the number of events. */
    int poll(int timeoutMillis) {
        int n = SystemCalls.installed().epollWait(epollFd, events, timeoutMillis);
        if (n < 0 && n != -Errno.EINTR) {
            // The threads that wait depend on this loop: whatever it is, say it, and go on.
            LOG.log(Level.ERROR, "epoll_wait failed: {0}", Errno.describe(-n));
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
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
            // Out of memory, perhaps, when a thread is to be scheduled: the others must still be woken.
            LOG.log(Level.ERROR, "a thread could not be woken", e);
        }
    }

    void dispatch(int readyFor, long data) {
        Descriptor descriptor = DESCRIPTORS.get((int) data);
        if (descriptor != null) {
            descriptor.ready(readyFor);
        }
    }
}
