package dev.hawser.netpoll;

/**
 * Waits in {@code epoll_wait} on a platform thread, for the platform threads, and for the virtual pollers while these
 * have nothing to do.
 */
final class PlatformPoller extends Poller implements Runnable {

    static final int BIT = 1;

    /** Started by the first wait. */
    private static final class Holder {
        static final PlatformPoller INSTANCE = start();

        private static PlatformPoller start() {
            PlatformPoller poller = new PlatformPoller();
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("hawser-poller")
                    .start(poller);
            return poller;
        }
    }

    private PlatformPoller() {}

    static PlatformPoller instance() {
        return Holder.INSTANCE;
    }

    @Override
    int bit() {
        return BIT;
    }

    @Override
    public void run() {
        for (; ; ) {
            poll(-1);
        }
    }

    @Override
    void dispatch(int readyFor, long data) {
        if (data < 0) {
            VirtualPoller.wake((int) ~data);
        } else {
            super.dispatch(readyFor, data);
        }
    }
}
