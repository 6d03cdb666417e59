package dev.hawser.netpoll;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;

/**
 * Polls on a virtual thread. While there is traffic it looks without waiting and yields to the threads it has woken;
 * when nothing comes it has the platform poller watch its epoll instance, and parks.
 */
final class VirtualPoller extends Poller {

    static final int BIT = 2;

    /**
     * Looks in vain before it parks, which costs two system calls and the wake-up of another kernel thread. Of 1, 4, 16 and
     * 64 this took the least of the processor with 64 connections, by one or two per cent.
     */
    private static final int IDLE_LOOKS = 16;

    private final int index;
    private final PlatformPoller master;
    private final Readiness traffic = new Readiness();
    private int looksInVain;
    private int watch = Epoll.CTL_ADD;

    VirtualPoller(int epollFd, int index, PlatformPoller master) {
        super(epollFd);
        this.index = index;
        this.master = master;
    }

    int index() {
        return index;
    }

    /** Called by the platform poller: there is traffic again. */
    void wake() {
        traffic.ready(false);
    }

    @Override
    int bit() {
        return BIT;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // yields to those it has woken; nothing depends on the order
    void turn() {
        looksInVain = poll(0) > 0 ? 0 : looksInVain + 1;
        if (looksInVain < IDLE_LOOKS) {
            Thread.yield();
        } else {
            parkUntilTraffic();
            looksInVain = 0;
        }
    }

    private void parkUntilTraffic() {
        int armed = SystemCalls.LIBC.epollControl(
                master.epollFd(), watch, epollFd(), Epoll.IN | Epoll.ONESHOT, ~(long) index);
        if (armed < 0) {
            throw new IllegalStateException("the platform poller refused a virtual one: " + Errno.describe(-armed));
        }
        watch = Epoll.CTL_MOD;
        traffic.await(Deadline.NEVER);
    }
}
