package dev.hawser.netpoll;

import dev.hawser.posix.SystemCalls;
import org.jspecify.annotations.Nullable;

/**
 * The pollers of this process. The first wait starts them, for good. Where that fails, because the process has no
 * descriptor left, the wait fails, and the next one tries again: nothing of this is done in a class initialiser, which
 * gets no second chance.
 */
final class Pollers {

    /** Enough to keep up with the carriers: one poller wakes hundreds of threads between two of its turns. */
    private static final int VIRTUAL =
            Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors() / 4));

    private static volatile @Nullable Pollers started;

    private final PlatformPoller platform;
    private final VirtualPoller[] virtual;

    private Pollers(int[] epollFds) {
        virtual = new VirtualPoller[VIRTUAL];
        platform = new PlatformPoller(epollFds[VIRTUAL], virtual);
        for (int i = 0; i < VIRTUAL; i++) {
            virtual[i] = new VirtualPoller(epollFds[i], i, platform);
        }
    }

    /** The pollers, or null where they have not been started. */
    static @Nullable Pollers get() {
        return started;
    }

    /** Starts the pollers where nobody has yet: 0, or {@code -errno}. */
    static synchronized int start() {
        if (started != null) {
            return 0;
        }
        int[] epollFds = new int[VIRTUAL + 1];
        int opened = open(epollFds);
        if (opened < epollFds.length) {
            closeAll(epollFds, opened);
            return epollFds[opened];
        }
        Pollers pollers = new Pollers(epollFds);
        try {
            Daemons.platform("hawser-poller", pollers.platform).start();
        } catch (Throwable noThread) {
            closeAll(epollFds, epollFds.length);
            throw noThread;
        }
        for (VirtualPoller poller : pollers.virtual) {
            Daemons.virtual("hawser-poller-" + poller.index(), poller).start();
        }
        started = pollers;
        return 0;
    }

    /** How many could be opened; the one after them is then the {@code -errno}. */
    private static int open(int[] epollFds) {
        for (int i = 0; i < epollFds.length; i++) {
            epollFds[i] = SystemCalls.LIBC.epollCreate(Epoll.CLOEXEC);
            if (epollFds[i] < 0) {
                return i;
            }
        }
        return epollFds.length;
    }

    private static void closeAll(int[] epollFds, int count) {
        for (int i = 0; i < count; i++) {
            SystemCalls.LIBC.close(epollFds[i]);
        }
    }

    /** The poller that serves the calling thread for this descriptor number. */
    Poller forCurrentThread(int fd) {
        return Thread.currentThread().isVirtual() ? virtual(fd) : platform;
    }

    /** Ends the watch before the number is given back: a duplicate of it would keep the registration alive. */
    void remove(SystemCalls calls, Descriptor descriptor, int watchers) {
        int fd = descriptor.fd();
        Poller.forget(descriptor);
        if ((watchers & VirtualPoller.BIT) != 0) {
            calls.epollControl(virtual(fd).epollFd(), Epoll.CTL_DEL, fd, 0, 0);
        }
        if ((watchers & PlatformPoller.BIT) != 0) {
            calls.epollControl(platform.epollFd(), Epoll.CTL_DEL, fd, 0, 0);
        }
    }

    /** The numbers of the epoll instances, for the leak check of tests. */
    static int[] epollFds() {
        Pollers pollers = started;
        if (pollers == null) {
            return new int[0];
        }
        int[] fds = new int[VIRTUAL + 1];
        for (int i = 0; i < VIRTUAL; i++) {
            fds[i] = pollers.virtual[i].epollFd();
        }
        fds[VIRTUAL] = pollers.platform.epollFd();
        return fds;
    }

    private VirtualPoller virtual(int fd) {
        return virtual[fd & (VIRTUAL - 1)];
    }
}
