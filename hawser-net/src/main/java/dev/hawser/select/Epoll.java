package dev.hawser.select;

import static dev.hawser.select.SelectConstants.EPOLLIN;
import static dev.hawser.select.SelectConstants.EPOLLOUT;
import static dev.hawser.select.SelectConstants.EPOLLPRI;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Descriptor;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.HasFileno;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Readiness by epoll(7): the kernel keeps the set of descriptors, so that a wait costs what is ready, and not what is registered. It holds
 * numbers, as in C: close a descriptor, and the kernel ends its registration, unless there is a duplicate of it. Close the
 * set as well; it is close-on-exec.
 *
 * <p>Level-triggered by default: what is not dealt with is told again. {@link SelectConstants#EPOLLET} tells each change once, {@link
 * SelectConstants#EPOLLONESHOT} once until the next modify; {@link SelectConstants#EPOLLEXCLUSIVE} has one or a few of several sets
 * told of a descriptor that all of them have.
 *
 * <h2>Threading</h2>
 * Safe from any thread: a change takes effect on a wait in another thread, and {@link #close} ends it. One thread at a time
 * waits; others wait for their turn, for as long as their timeout allows.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is null for none; zero does not wait; a negative one is refused. It is exact to what the kernel's timers are, and never ends
 * early; a signal does not end it. A virtual thread gives up its carrier while it waits. An interrupt ends the wait of a virtual thread
 * with a {@link dev.hawser.socket.SocketInterruptedException}, its status still set; a platform thread waits in the kernel, which
 * an interrupt does not reach, and sees it before it begins to wait.
 *
 * <p>A TLS connection may hold decrypted bytes that its descriptor does not show: ask
 * {@link dev.hawser.tls.TlsSocket#pending} first.
 *
 * <h2>Errors</h2>
 * Those of the kernel, as {@link dev.hawser.socket.SocketFailedException}: EEXIST for what is registered, ENOENT for what is not, EPERM for a regular
 * file or a directory, EBADF for a number that is not open. After {@link #close}, {@link
 * java.nio.channels.ClosedSelectorException}.
 *
 * <h2>Platform notes</h2>
 * A set can be waited for itself, in another set too, at most five deep; a virtual thread that waits needs two of these levels, or the
 * wait fails with ELOOP. The first wait of a platform thread adds a descriptor to the set, by which {@link #close} ends it; it is never told.
 *
 * {@snippet file="dev/hawser/select/SelectSnippetsTest.java" region="epoll"}
 *
 * <p>Source: epoll(7), Python's {@code select.epoll}.
 */
public final class Epoll implements Closeable, HasFileno {

    static final int ADD = Abi.value("EPOLL_CTL_ADD");
    static final int MOD = Abi.value("EPOLL_CTL_MOD");
    static final int DEL = Abi.value("EPOLL_CTL_DEL");

    private static final int DEFAULT_EVENTS = EPOLLIN | EPOLLPRI | EPOLLOUT;
    private static final int DEFAULT_MAX_EVENTS = 1024;

    /** The data of a {@link Wakeup}, which another object of the same set may see. */
    private static final long UNTOLD = -1;

    /** Keeps the memory of a caller who asks for all that there can be below a MiB. */
    private static final int MOST_EVENTS = 65_536;

    private final SystemCalls calls;
    private final Handle handle;
    private final AtomicReference<@Nullable EpollEvents> spare = new AtomicReference<>();

    /** Ends the wait of a platform thread; made when the first one is to wait. Changed under the lock of this. */
    private volatile @Nullable Wakeup wakeup;

    private volatile boolean closed;

    private Epoll(SystemCalls calls, int fd) {
        this.calls = calls;
        this.handle = Handle.open(calls, fd);
    }

    /**
     * Makes an empty set.
     *
     * @throws IOException if there are too many descriptors, EMFILE
     */
    public Epoll() throws IOException {
        this(SystemCalls.installed(), create(SystemCalls.installed()));
    }

    private static int create(SystemCalls calls) throws IOException {
        int fd = calls.epollCreate(SelectConstants.EPOLL_CLOEXEC);
        if (fd < 0) {
            throw SelectErrors.of("open", "epoll", "epoll_create1", fd);
        }
        return fd;
    }

    /**
     * Another object for a set that is there, by a duplicate of its number: both are to be closed.
     *
     * @param fd the number of the set
     * @return the set
     * @throws IllegalArgumentException if the number is negative
     * @throws IOException if it is not open, EBADF, or not that of a set, EINVAL
     */
    public static Epoll fromFd(int fd) throws IOException {
        SystemCalls calls = SystemCalls.installed();
        int duplicate = calls.fcntl(Filenos.of(fd), Abi.value("F_DUPFD_CLOEXEC"), 0);
        if (duplicate < 0) {
            throw SelectErrors.of("fromFd", "descriptor " + fd, "fcntl", duplicate);
        }
        try {
            requireSet(calls, "fromFd", fd);
        } catch (IOException e) {
            calls.close(duplicate);
            throw e;
        }
        return new Epoll(calls, duplicate);
    }

    /**
     * Takes over a set that is there: this object closes its number.
     *
     * @param fd the number of the set
     * @return the set
     * @throws IllegalArgumentException if the number is negative
     * @throws IOException if it is not open, EBADF, or not that of a set, EINVAL: it stays the caller's then
     */
    public static Epoll adopt(int fd) throws IOException {
        SystemCalls calls = SystemCalls.installed();
        requireSet(calls, "adopt", Filenos.of(fd));
        return new Epoll(calls, fd);
    }

    /** Has the kernel change what cannot be registered yet: ENOENT is the answer of a set, and EINVAL of anything else. */
    private static void requireSet(SystemCalls calls, String operation, int fd) throws IOException {
        try (Wakeup unknown = Wakeup.open(calls, operation)) {
            int result = calls.epollControl(fd, MOD, unknown.fileno(), 0, 0);
            if (result != -Errno.ENOENT) {
                throw SelectErrors.of(operation, "descriptor " + fd, "epoll_ctl", result);
            }
        }
    }

    /**
     * The number of the set: it is ready for reading while it has something to tell.
     *
     * @return the number, or -1 where it is closed
     */
    @Override
    public int fileno() {
        return closed ? -1 : handle.fileno();
    }

    /**
     * Whether {@link #close} was called.
     *
     * @return true after close
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Registers a descriptor for EPOLLIN, EPOLLPRI and EPOLLOUT.
     *
     * @param file what has the descriptor
     * @throws IllegalArgumentException if it is closed
     * @throws IOException as of {@link #register(int, int)}
     */
    public void register(HasFileno file) throws IOException {
        register(file, DEFAULT_EVENTS);
    }

    /**
     * Registers a descriptor.
     *
     * @param file what has the descriptor
     * @param events {@link SelectConstants#EPOLLIN} and the like, and how to tell them, joined by |; 0 for errors alone
     * @throws IllegalArgumentException if it is closed
     * @throws IOException as of {@link #register(int, int)}
     */
    public void register(HasFileno file, int events) throws IOException {
        register(Filenos.of(file, "the file to register", Filenos.NO_WAIT), events);
    }

    /**
     * Registers a descriptor by its number.
     *
     * @param fd the number
     * @param events as in {@link #register(HasFileno, int)}
     * @throws IllegalArgumentException if it is negative
     * @throws IOException if it is registered, EEXIST; not open, EBADF; a regular file or a directory, EPERM
     */
    public void register(int fd, int events) throws IOException {
        change("register", ADD, fd, events);
    }

    /**
     * Changes what is waited for. One that was told with EPOLLONESHOT may be told again.
     *
     * @param file what is registered
     * @param events as in {@link #register(HasFileno, int)}; not with EPOLLEXCLUSIVE
     * @throws IllegalArgumentException if it is closed
     * @throws IOException as of {@link #modify(int, int)}
     */
    public void modify(HasFileno file, int events) throws IOException {
        modify(Filenos.of(file, "the file to modify", Filenos.NO_WAIT), events);
    }

    /**
     * Changes what is waited for, by number.
     *
     * @param fd the number
     * @param events as in {@link #modify(HasFileno, int)}
     * @throws IllegalArgumentException if it is negative
     * @throws IOException if it is not registered, ENOENT; not open, EBADF; registered with EPOLLEXCLUSIVE, EINVAL
     */
    public void modify(int fd, int events) throws IOException {
        change("modify", MOD, fd, events);
    }

    /**
     * Ends a registration.
     *
     * @param file what is registered
     * @throws IllegalArgumentException if it is closed: the kernel has ended the registration then
     * @throws IOException as of {@link #unregister(int)}
     */
    public void unregister(HasFileno file) throws IOException {
        unregister(Filenos.of(file, "the file to unregister", "and its registration has ended"));
    }

    /**
     * Ends a registration, by number.
     *
     * @param fd the number
     * @throws IllegalArgumentException if it is negative
     * @throws IOException if it is not registered, ENOENT; not open, EBADF: the kernel has ended the registration then
     */
    public void unregister(int fd) throws IOException {
        change("unregister", DEL, fd, 0);
    }

    private void change(String operation, int control, int fd, int events) throws IOException {
        int result = control(control, Filenos.of(fd), events, fd);
        if (result < 0) {
            throw SelectErrors.of(operation, "descriptor " + fd, "epoll_ctl", result);
        }
    }

    /**
     * Waits until a descriptor is ready, or the time is up; tells of 1024 at most.
     *
     * @param timeout how long to wait; zero not at all, null without end
     * @return what is ready
     * @throws IllegalArgumentException if the timeout is negative
     * @throws IOException if the wait fails
     */
    public List<ReadyFd> poll(@Nullable Duration timeout) throws IOException {
        return poll(timeout, DEFAULT_MAX_EVENTS);
    }

    /**
     * Waits until a descriptor is ready, or the time is up.
     *
     * @param timeout how long to wait; zero not at all, null without end
     * @param maxEvents how many to tell of at most, and never more than 65,536; the others have their turn in the next call
     * @return what is ready
     * @throws IllegalArgumentException if the timeout is negative, or there may be no event
     * @throws IOException if the wait fails
     */
    public List<ReadyFd> poll(@Nullable Duration timeout, int maxEvents) throws IOException {
        long deadline = Deadline.after(Timeouts.nanos(timeout));
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents is at least 1: " + maxEvents);
        }
        if (deadline != Deadline.NOW
                && wakeup == null
                && !Thread.currentThread().isVirtual()) {
            addWakeup();
        }
        EpollEvents events = events(maxEvents);
        List<ReadyFd> ready = new ArrayList<>();
        int n;
        do {
            n = await(events, deadline);
            if (n < 0) {
                throw SelectErrors.of("poll", "epoll", "epoll_wait", n);
            }
            for (int i = 0; i < n; i++) {
                if (events.data(i) != UNTOLD) {
                    ready.add(new ReadyFd((int) events.data(i), events.events(i)));
                }
            }
        } while (n > 0 && ready.isEmpty());
        spare.set(events);
        return ready;
    }

    private EpollEvents events(int maxEvents) {
        int capacity = Math.min(maxEvents, MOST_EVENTS);
        EpollEvents kept = spare.getAndSet(null);
        return kept != null && kept.capacity() == capacity ? kept : new EpollEvents(this, capacity);
    }

    /** What ends the wait of a platform thread must be in the set before it begins: {@link #close} has no time to fail. */
    private synchronized void addWakeup() throws IOException {
        if (wakeup != null || closed) {
            return;
        }
        Wakeup made = Wakeup.open(calls, "poll");
        int result = control(ADD, made.fileno(), EPOLLIN, UNTOLD);
        if (result < 0) {
            made.close();
            throw SelectErrors.of("poll", "to be woken up", "epoll_ctl", result);
        }
        wakeup = made;
    }

    /** {@code epoll_ctl(2)}: 0, {@code -errno}, or {@link Outcome#CLOSED}. */
    int control(int operation, int fd, int events, long data) {
        return (int) handle.now(() -> calls.epollControl(handle.descriptor().fd(), operation, fd, events, data));
    }

    /**
     * Waits, without an allocation. Nothing ends the wait of a platform thread but an event: whoever closes the set must see
     * to it that one comes.
     *
     * @param into where the events are put
     * @param deadline a {@link Deadline}
     * @return how many there are, 0 when the time is up, {@code -errno}, or an {@link Outcome}
     */
    int await(EpollEvents into, long deadline) {
        return into.await(handle, deadline);
    }

    SystemCalls calls() {
        return calls;
    }

    Descriptor descriptor() {
        return handle.descriptor();
    }

    /** Closes the set, and ends the waits in it. What is registered stays open. Closing twice is fine. */
    @Override
    public void close() {
        Wakeup ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ending = wakeup;
        }
        if (ending != null) {
            ending.wakeUp();
        }
        handle.close(false);
        if (ending != null) {
            ending.close();
        }
    }

    @Override
    public String toString() {
        int fd = fileno();
        return fd < 0 ? "Epoll[closed]" : "Epoll[fd=" + fd + "]";
    }
}
