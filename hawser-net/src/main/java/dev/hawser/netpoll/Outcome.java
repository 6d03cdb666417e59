package dev.hawser.netpoll;

import dev.hawser.posix.Errno;

/**
 * How a call through a {@link Handle} ended where it did not succeed and the kernel is not to blame. The hot path
 * returns numbers, and exceptions are made at the edge: 0 and above is the call's own result, {@code -4095..-1} is
 * {@code -errno}, and these lie below. {@link #errno} tells them apart.
 */
public final class Outcome {

    /** The handle or its descriptor was closed before or during the call. */
    public static final int CLOSED = -5001;

    /** The deadline passed. */
    public static final int TIMED_OUT = -5002;

    /** The thread was interrupted while it waited; its interrupt status is still set. */
    public static final int INTERRUPTED = -5003;

    /** Not an end: the wait is over, try again. */
    static final int READY = 0;

    /** Below this: the wait itself could not begin, because of the errno that far below. */
    private static final int UNWATCHED = -10_000;

    static int unwatched(int errno) {
        return UNWATCHED - errno;
    }

    /**
     * Whether the wait could not begin: epoll would not watch the descriptor.
     *
     * @param code a result below zero
     * @return true where {@link #errno} is that of epoll, not of the call
     */
    public static boolean isUnwatched(long code) {
        return code < UNWATCHED;
    }

    /**
     * The system call that failed where {@link #isUnwatched}. No descriptor is made to watch one, so a process that has none left
     * could not start to wait at all.
     *
     * @param code a result below zero
     * @return its name
     */
    public static String watchCall(long code) {
        int errno = errno(code);
        return errno == Errno.EMFILE || errno == Errno.ENFILE ? "epoll_create1" : "epoll_ctl";
    }

    /**
     * The error number in a result.
     *
     * @param code a result below zero
     * @return the errno, or 0 where the kernel is not to blame
     */
    public static int errno(long code) {
        return isUnwatched(code) ? (int) (UNWATCHED - code) : code > CLOSED ? (int) -code : 0;
    }

    private Outcome() {}
}
