package dev.hawser.netpoll;

/**
 * Waits in {@code epoll_wait} on a platform thread, for the platform threads, and for the virtual pollers while these
 * have nothing to do.
 */
final class PlatformPoller extends Poller {

    static final int BIT = 1;

    private final VirtualPoller[] idle;

    PlatformPoller(int epollFd, VirtualPoller[] virtual) {
        super(epollFd);
        idle = virtual;
    }

    @Override
    int bit() {
        return BIT;
    }

    @Override
    void turn() {
        poll(-1);
    }

    @Override
    void dispatch(int readyFor, long data) {
        if (data < 0) {
            idle[(int) ~data].wake();
        } else {
            super.dispatch(readyFor, data);
        }
    }
}
