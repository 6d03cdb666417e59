package dev.hawser.netpoll;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;

/**
 * How a virtual thread waits for any of many descriptors at once: they are put into an epoll set for as long as it waits, and
 * a set can be waited for as any descriptor can.
 */
public final class AnyOf {

    /** Those that are waited for. */
    @FunctionalInterface
    public interface Members {

        /**
         * Adds each with {@link AnyOf#add}, until that fails.
         *
         * @param set where to
         * @return 0, or what {@code add} has returned
         */
        int addTo(AnyOf set);
    }

    private final SystemCalls calls;
    private final int epollFd;

    private AnyOf(SystemCalls calls, int epollFd) {
        this.calls = calls;
        this.epollFd = epollFd;
    }

    /**
     * Makes a call until it has an answer; after EAGAIN waits until there is an edge at one of the descriptors.
     *
     * @param calls the system calls to use
     * @param members the descriptors
     * @param deadline a {@link Deadline}
     * @param call the call, made once or more
     * @return its result, {@code -errno}, or an {@link Outcome}
     */
    public static long perform(SystemCalls calls, Members members, long deadline, Handle.Call call) {
        int epollFd = calls.epollCreate(Epoll.CLOEXEC);
        if (epollFd < 0) {
            return Outcome.unwatched(-epollFd);
        }
        Handle handle = Handle.open(calls, epollFd);
        try {
            int added = members.addTo(new AnyOf(calls, epollFd));
            return added < 0 ? added : handle.perform(handle.descriptor().reading(), deadline, call);
        } finally {
            handle.close(false);
        }
    }

    /**
     * Adds a descriptor. One of which there are no edges, a regular file, is passed over; so is a number that is not open any
     * more, of which the call will tell.
     *
     * @param fd its number
     * @param events the edges to wake up for
     * @return 0, or the code with which to end
     */
    public int add(int fd, int events) {
        int result = fd < 0 ? 0 : calls.epollControl(epollFd, Epoll.CTL_ADD, fd, events, fd);
        return result == 0 || result == -Errno.EPERM || result == -Errno.EBADF ? 0 : Outcome.unwatched(-result);
    }
}
