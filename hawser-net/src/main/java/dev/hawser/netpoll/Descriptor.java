package dev.hawser.netpoll;

import dev.hawser.posix.SystemCalls;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of this process, and who is using its number right now: whoever is in one of its directions, and the
 * calls that need no direction, which are counted. The number goes back to the kernel only when all of them have left, so
 * that no running call ever meets a number that was given to another socket in the meantime.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 */
public final class Descriptor {

    private static final int CLOSING = 1 << 31;
    private static final VarHandle USERS;

    static {
        try {
            USERS = MethodHandles.lookup().findVarHandle(Descriptor.class, "users", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SystemCalls calls;
    private final int fd;
    private final Readiness reading = new Readiness();
    private final Readiness writing = new Readiness();

    /** The queue of errors; most descriptors never need it. */
    private volatile @Nullable Readiness errors;

    /** The calls in flight that are in neither direction; the sign bit is set once the descriptor is closing. */
    private volatile int users;

    /** Counts down when the last of the counted has left. */
    private volatile @Nullable CountDownLatch idle;

    /** The pollers that watch this descriptor: bits of {@link Poller}. Changed under the lock of this. */
    private int watchers;

    /**
     * Takes charge of a descriptor.
     *
     * @param calls the system calls to use
     * @param fd its number; it must be non-blocking
     */
    public Descriptor(SystemCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /** The number. It is only safe to use inside {@link Handle#perform}. */
    public int fd() {
        return fd;
    }

    /** The reading direction. */
    public Readiness reading() {
        return reading;
    }

    /** The writing direction. */
    public Readiness writing() {
        return writing;
    }

    /** The queue of errors, MSG_ERRQUEUE: a direction of its own, so that who waits for it holds up nobody else. */
    public Readiness errors() {
        Readiness made = errors;
        return made != null ? made : makeErrors();
    }

    private synchronized Readiness makeErrors() {
        Readiness made = errors;
        if (made == null) {
            made = new Readiness();
            errors = made;
        }
        return made;
    }

    boolean isClosing() {
        return users < 0;
    }

    /** Counts a call in: false where the descriptor is closing. Pair it with {@link #release}. */
    boolean acquire() {
        for (; ; ) {
            int n = users;
            if (n < 0) {
                return false;
            }
            if (USERS.compareAndSet(this, n, n + 1)) {
                return true;
            }
        }
    }

    void release() {
        int before = (int) USERS.getAndAdd(this, -1);
        if (before == CLOSING + 1) {
            CountDownLatch waiting = idle;
            if (waiting != null) {
                waiting.countDown();
            }
        }
    }

    /** Wakes whoever waits, so that it looks again whether it may go on. */
    void wake() {
        reading.wake();
        writing.wake();
        Readiness waitedFor = errors;
        if (waitedFor != null) {
            waitedFor.wake();
        }
    }

    /** Called by the poller. */
    void ready(int events) {
        boolean broken = (events & (Epoll.ERR | Epoll.HUP)) != 0;
        if (broken || (events & Epoll.READABLE) != 0) {
            reading.ready((events & Epoll.UNPREDICTABLE) != 0);
        }
        if (broken || (events & Epoll.OUT) != 0) {
            writing.ready(false);
        }
        Readiness waitedFor = errors;
        if (broken && waitedFor != null) {
            waitedFor.ready(false);
        }
    }

    /** Has the descriptor watched by the pollers that serve the calling thread: 0, or -errno. */
    int watch() {
        Pollers pollers = Pollers.get();
        if (pollers == null) {
            int failed = Pollers.start();
            return failed < 0 ? failed : watch();
        }
        Poller poller = pollers.forCurrentThread(fd);
        // Read without the lock: a bit, once set, stays for as long as we are in our direction.
        return (watchers & poller.bit()) != 0 ? 0 : watchBy(poller);
    }

    private synchronized int watchBy(Poller poller) {
        if ((watchers & poller.bit()) != 0) {
            return 0;
        }
        int result = poller.add(calls, this);
        if (result == 0) {
            watchers |= poller.bit();
        }
        return result;
    }

    private synchronized void unwatch() {
        Pollers pollers = Pollers.get();
        if (pollers != null && watchers != 0) {
            pollers.remove(calls, this, watchers);
            watchers = 0;
        }
    }

    /**
     * Ends all use of the number and closes it. Waits for the calls in flight, which have been woken.
     *
     * @param onPlatformThread whether close(2) may wait for the peer, as it does with SO_LINGER
     * @return 0, or {@code -errno}, or {@link Outcome#CLOSED} where somebody else has closed it
     */
    int close(boolean onPlatformThread) {
        if (!retire()) {
            return Outcome.CLOSED;
        }
        return onPlatformThread && Thread.currentThread().isVirtual() ? closeElsewhere() : calls.close(fd);
    }

    private int closeElsewhere() {
        try {
            return PlatformThreads.call("hawser-close", () -> calls.close(fd));
        } catch (OutOfMemoryError noThread) {
            return calls.close(fd);
        }
    }

    /**
     * Ends all use of the number and gives it away, open.
     *
     * @return the number, or {@link Outcome#CLOSED}
     */
    int detach() {
        return retire() ? fd : Outcome.CLOSED;
    }

    /** From here on nobody begins, and those who are in leave. True for the one caller who was first. */
    private boolean retire() {
        CountDownLatch noUsers = new CountDownLatch(1);
        synchronized (this) {
            if (users < 0) {
                return false;
            }
            // Before the sign bit, so that the last user, who sees the bit, sees the latch as well.
            idle = noUsers;
            int before = (int) USERS.getAndBitwiseOr(this, CLOSING);
            if (before == 0) {
                noUsers.countDown();
            }
        }
        wake();
        reading.mutex().lockForGood();
        writing.mutex().lockForGood();
        Readiness waitedFor = errors;
        // Whoever makes one from now on finds the descriptor closing before it makes a call.
        if (waitedFor != null) {
            waitedFor.mutex().lockForGood();
        }
        awaitUninterruptibly(noUsers);
        unwatch();
        Registrations.retire(fd);
        return true;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        for (; ; ) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
