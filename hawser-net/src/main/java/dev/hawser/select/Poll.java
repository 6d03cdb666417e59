package dev.hawser.select;

import static dev.hawser.select.SelectConstants.POLLIN;
import static dev.hawser.select.SelectConstants.POLLOUT;
import static dev.hawser.select.SelectConstants.POLLPRI;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.HasFileno;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Readiness by poll(2): a list of descriptors, with what to wait for, that is handed to the kernel with each call. It holds
 * numbers, as in C, and no resources: there is nothing to close, and what is registered may be closed at any time. A number that
 * is not open is told as {@link SelectConstants#POLLNVAL}.
 *
 * <h2>Threading</h2>
 * Registrations may be changed from any thread; the next poll knows of it, one that waits does not. One thread at a time polls: a second
 * one is refused with an {@link IllegalStateException}, for each would take what the other waits for.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is null for none; zero does not wait; a negative one is refused. It is exact to what the kernel's timers are, and never
 * ends early; a signal does not end it. A virtual thread gives up its carrier while it waits, for which all descriptors are put into an
 * epoll set of its own: {@link Epoll} spares that. An interrupt ends the wait of a virtual thread with a {@link
 * dev.hawser.socket.SocketInterruptedException}, its status still set; a platform thread waits in the kernel, which an interrupt
 * does not reach, and sees it before it begins to wait.
 *
 * <p>A TLS connection may hold decrypted bytes that its descriptor does not show: ask
 * {@link dev.hawser.tls.TlsSocket#pending} first.
 *
 * <h2>Errors</h2>
 * Those of the kernel, as {@link dev.hawser.socket.SocketFailedException}: EINVAL where there are more descriptors than the process may have open.
 * What is not registered is an {@link IllegalArgumentException}.
 *
 * {@snippet file="dev/hawser/select/SelectSnippetsTest.java" region="poll"}
 *
 * <p>Source: poll(2), Python's {@code select.poll}.
 */
public final class Poll {

    private static final int DEFAULT = POLLIN | POLLPRI | POLLOUT;
    private static final int MAX_EVENTS = 0xffff;

    private final SystemCalls calls = SystemCalls.installed();
    private final PollFds fds = new PollFds(calls);
    private final AtomicBoolean polling = new AtomicBoolean();

    /** What to wait for, by number; guarded by itself, and so is {@link #changed}. */
    private final Map<Integer, Integer> registered = new LinkedHashMap<>();

    private boolean changed;

    /** Makes an empty list. */
    public Poll() {}

    /**
     * Registers a descriptor for POLLIN, POLLPRI and POLLOUT.
     *
     * @param file what has the descriptor
     * @throws IllegalArgumentException if it is closed
     */
    public void register(HasFileno file) {
        register(file, DEFAULT);
    }

    /**
     * Registers a descriptor. One that is registered is changed.
     *
     * @param file what has the descriptor
     * @param events {@link SelectConstants#POLLIN} and the like, joined by |; 0 for errors alone
     * @throws IllegalArgumentException if it is closed, or the events have more than 16 bits
     */
    public void register(HasFileno file, int events) {
        register(Filenos.of(file, "the file to register", Filenos.NO_WAIT), events);
    }

    /**
     * Registers a descriptor by its number. One that is registered is changed.
     *
     * @param fd the number
     * @param events as in {@link #register(HasFileno, int)}
     * @throws IllegalArgumentException if it is negative, or the events have more than 16 bits
     */
    public void register(int fd, int events) {
        put(Filenos.of(fd), checked(events));
    }

    /**
     * Changes what is waited for.
     *
     * @param file what is registered
     * @param events as in {@link #register(HasFileno, int)}
     * @throws IllegalArgumentException if it is not registered, or closed, or the events have more than 16 bits
     */
    public void modify(HasFileno file, int events) {
        modify(Filenos.of(file, "the file to modify", Filenos.NO_WAIT), events);
    }

    /**
     * Changes what is waited for, by number.
     *
     * @param fd the number
     * @param events as in {@link #register(HasFileno, int)}
     * @throws IllegalArgumentException if it is not registered, or the events have more than 16 bits
     */
    public void modify(int fd, int events) {
        checked(events);
        synchronized (registered) {
            if (!registered.containsKey(fd)) {
                throw notRegistered(fd);
            }
            put(fd, events);
        }
    }

    /**
     * Ends a registration.
     *
     * @param file what is registered; once it is closed, only {@link #unregister(int)} can find it
     * @throws IllegalArgumentException if it is not registered, or closed
     */
    public void unregister(HasFileno file) {
        unregister(Filenos.of(file, "the file to unregister", "unregister its number"));
    }

    /**
     * Ends a registration, by number.
     *
     * @param fd the number
     * @throws IllegalArgumentException if it is not registered
     */
    public void unregister(int fd) {
        synchronized (registered) {
            if (registered.remove(fd) == null) {
                throw notRegistered(fd);
            }
            changed = true;
        }
    }

    /**
     * Waits until a descriptor is ready, or the time is up.
     *
     * @param timeout how long to wait; zero not at all, null without end
     * @return what is ready, in the order of the registrations
     * @throws IllegalArgumentException if the timeout is negative
     * @throws IllegalStateException if another thread polls
     * @throws IOException if the wait fails
     */
    public List<ReadyFd> poll(@Nullable Duration timeout) throws IOException {
        long deadline = Deadline.after(Timeouts.nanos(timeout));
        if (!polling.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread polls: give each thread a Poll of its own");
        }
        try {
            takeChanges();
            int n = fds.await(deadline);
            if (n < 0) {
                throw SelectErrors.of("poll", fds.size() + " descriptors", "poll", n);
            }
            return ready(n);
        } finally {
            polling.set(false);
        }
    }

    private void put(int fd, int events) {
        synchronized (registered) {
            registered.put(fd, events);
            changed = true;
        }
    }

    private void takeChanges() {
        synchronized (registered) {
            if (changed) {
                fds.clear();
                registered.forEach(fds::add);
                changed = false;
            }
        }
    }

    private List<ReadyFd> ready(int count) {
        List<ReadyFd> ready = new ArrayList<>(count);
        for (int i = 0; ready.size() < count; i++) {
            if (fds.ready(i) != 0) {
                ready.add(new ReadyFd(fds.fd(i), fds.ready(i)));
            }
        }
        return ready;
    }

    private static int checked(int events) {
        if ((events & ~MAX_EVENTS) != 0) {
            throw new IllegalArgumentException(
                    "the events of poll(2) have 16 bits, POLLIN and the like: 0x" + Integer.toHexString(events));
        }
        return events;
    }

    private static IllegalArgumentException notRegistered(int fd) {
        return new IllegalArgumentException("descriptor " + fd + " is not registered: register it first");
    }
}
