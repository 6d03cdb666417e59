package dev.hawser.netpoll;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;

/**
 * Polls on a virtual thread. While there is traffic it looks without waiting and yields to the threads it has woken;
 * when nothing comes it has the platform poller watch its epoll instance, and parks.
 */
final class VirtualPoller extends Poller implements Runnable {

    static final int BIT = 2;

    /** Looks in vain before it parks: parking costs two system calls and the wake-up of another kernel thread. */
    private static final int IDLE_ROUNDS = 4;

    /** Enough to keep up with the carriers: one poller wakes hundreds of threads between two of its turns. */
    private static final int COUNT =
            Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors() / 4));

    /** Started by the first wait on a virtual thread. */
    private static final class Holder {
        static final VirtualPoller[] INSTANCES = start();

        private static VirtualPoller[] start() {
            VirtualPoller[] pollers = new VirtualPoller[COUNT];
            for (int i = 0; i < COUNT; i++) {
                pollers[i] = new VirtualPoller(i);
            }
            for (VirtualPoller poller : pollers) {
                Thread.ofVirtual()
                        .inheritInheritableThreadLocals(false)
                        .name("hawser-poller-" + poller.index)
                        .start(poller);
            }
            return pollers;
        }
    }

    private final int index;
    private final Readiness traffic = new Readiness();

    private VirtualPoller(int index) {
        this.index = index;
    }

    static VirtualPoller of(int fd) {
        return Holder.INSTANCES[fd & (COUNT - 1)];
    }

    static void wake(int index) {
        Holder.INSTANCES[index].traffic.ready(false);
    }

    @Override
    int bit() {
        return BIT;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // yields to those it has woken; nothing depends on the order
    public void run() {
        handOver(Epoll.CTL_ADD);
        for (int idle = 0; ; ) {
            idle = poll(0) > 0 ? 0 : idle + 1;
            if (idle < IDLE_ROUNDS) {
                Thread.yield();
            } else {
                handOver(Epoll.CTL_MOD);
                idle = 0;
            }
        }
    }

    private void handOver(int operation) {
        PlatformPoller master = PlatformPoller.instance();
        int armed = SystemCalls.LIBC.epollControl(
                master.epollFd(), operation, epollFd(), Epoll.IN | Epoll.ONESHOT, ~(long) index);
        if (armed < 0) {
            throw new IllegalStateException("the platform poller refused a virtual one: " + Errno.describe(-armed));
        }
        if (operation == Epoll.CTL_MOD) {
            traffic.await(Deadline.NEVER);
        }
    }
}
