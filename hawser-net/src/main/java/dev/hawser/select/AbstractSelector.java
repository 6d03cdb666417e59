package dev.hawser.select;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Registrations;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Errno;
import dev.hawser.socket.HasFileno;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all selectors have in common: the keys, whose turn it is, and when a select ends. A backend waits, and hands over what it
 * has collected; what it waits for is told to its {@link Watches}.
 *
 * <p>Two locks, never the first inside the second: the <em>turn</em>, held for a whole select, handlers included; and the
 * monitor of the <em>table</em>, held for a change, and never while anybody waits or a handler runs.
 */
abstract class AbstractSelector implements Selector {

    private static final int EVENTS = EVENT_READ | EVENT_WRITE | EVENT_PRIORITY;

    /** Beside the events: an error or a hang-up, of which every key is told. */
    static final int BROKEN = 8;

    private final String backend;
    private final Alarm alarm;
    private final KeyTable table;
    private final Watches watches;
    private final Departed departed = new Departed();
    private final ReentrantLock turn = new ReentrantLock();
    private final Registrations.Watcher watcher = new Watch(this);

    private volatile boolean closed;
    private int generations;

    /** What the process keeps of a selector for as long as there are registrations; one that is lost must still be found. */
    private static final class Watch extends WeakReference<AbstractSelector> implements Registrations.Watcher {

        Watch(AbstractSelector selector) {
            super(selector);
        }

        @Override
        public void retire(int fd) {
            AbstractSelector selector = get();
            if (selector == null) {
                Registrations.remove(fd, this);
            } else {
                selector.retire(fd);
            }
        }
    }

    AbstractSelector(String backend, Alarm alarm, KeyTable table, Watches watches) {
        this.backend = backend;
        this.alarm = alarm;
        this.table = table;
        this.watches = watches;
    }

    /**
     * Collects what is ready, and waits for it. In turn, as the next one.
     *
     * @param deadline a {@link Deadline}
     * @return how many were collected, the alarm among them; 0 when the time is up; else {@code -errno} or an {@link
     *     dev.hawser.netpoll.Outcome}
     */
    abstract int collect(long deadline);

    /** Hands over what was collected, by {@link #tell}: how many were told. */
    abstract int handOver(int collected, Handler handler);

    final Alarm alarm() {
        return alarm;
    }

    /** The registrations; its monitor guards their changes. */
    final KeyTable table() {
        return table;
    }

    @Override
    public final SelectorKey register(HasFileno file, int events, @Nullable Object attachment) throws IOException {
        requireEvents(events);
        int fd = Filenos.of(file, "the file to register", Filenos.NO_WAIT);
        synchronized (table) {
            requireOpen();
            requireFree(file, fd);
            SelectorKey key = new SelectorKey(file, fd, events, attachment);
            Registration registration = new Registration(key, ++generations);
            table.put(registration);
            Registrations.add(fd, watcher);
            // It may have been closed meanwhile. If not so by now, whoever closes it waits for us.
            if (file.fileno() != fd) {
                forget(registration);
                throw new IllegalArgumentException("the file to register was closed, " + Filenos.NO_WAIT + ": " + file);
            }
            int result = watches.watch(registration, events);
            if (result < 0) {
                forget(registration);
                throw failure("register", registration, result);
            }
            departed.remove(file);
            return key;
        }
    }

    private void requireFree(HasFileno file, int fd) {
        Registration taken = table.get(fd);
        if (taken == null) {
            return;
        }
        if (taken.isStale()) {
            forget(taken);
            return;
        }
        throw new IllegalArgumentException("descriptor " + fd + " is registered already, modify it: "
                + taken.lastKey().file() + ", now " + file);
    }

    @Override
    public final SelectorKey modify(HasFileno file, int events, @Nullable Object attachment) throws IOException {
        requireEvents(events);
        synchronized (table) {
            Registration registration = require(file);
            SelectorKey before = registration.lastKey();
            SelectorKey key = new SelectorKey(before.file(), before.fd(), events, attachment);
            if (events != before.events()) {
                int result = registration.isStale() ? -Errno.EBADF : watches.rewatch(registration, events);
                if (result < 0) {
                    watches.unwatch(registration);
                    forget(registration);
                    throw failure("modify", registration, result);
                }
            }
            registration.setKey(key);
            return key;
        }
    }

    @Override
    public final SelectorKey unregister(HasFileno file) {
        synchronized (table) {
            requireOpen();
            // First, as what is closed has no number by which the table could find it.
            SelectorKey left = departed.remove(file);
            if (left != null) {
                return left;
            }
            Registration registration = require(file);
            SelectorKey key = registration.lastKey();
            if (!registration.isStale()) {
                watches.unwatch(registration);
            }
            end(registration);
            watches.awaitUnused();
            // Only now: whoever closes it meanwhile must wait for the same.
            stopWatching(registration);
            return key;
        }
    }

    /** Called before a number is given back to the kernel: what waits for it must not see the next owner's events. */
    private void retire(int fd) {
        synchronized (table) {
            Registration registration = table.get(fd);
            if (registration != null && !registration.isStale()) {
                watches.unwatch(registration);
                leave(registration);
            }
            // For what another thread is just unregistering, too.
            watches.awaitUnused();
        }
    }

    /** Its descriptor is being closed. */
    private void leave(Registration registration) {
        SelectorKey key = registration.lastKey();
        if (key.file() instanceof Fd) {
            // A number alone does not know: it stays until it is unregistered, or registered anew.
            stopWatching(registration);
            registration.setStale();
        } else {
            departed.add(key);
            forget(registration);
        }
    }

    /** Ends a registration, which the kernel knows no more. */
    private void forget(Registration registration) {
        end(registration);
        stopWatching(registration);
    }

    private void end(Registration registration) {
        registration.end();
        table.remove(registration);
    }

    /** Is not told any more when its number is given back. */
    private void stopWatching(Registration registration) {
        if (!registration.isStale()) {
            Registrations.remove(registration.fd(), watcher);
        }
    }

    @Override
    public final int select(@Nullable Duration timeout, Handler handler) throws IOException {
        long deadline = Deadline.after(Timeouts.nanos(timeout));
        requireOpen();
        if (!turn.tryLock() && (deadline == Deadline.NOW || !awaitTurn(deadline))) {
            return 0;
        }
        try {
            return selectInTurn(deadline, handler);
        } finally {
            turn.unlock();
        }
    }

    private boolean awaitTurn(long deadline) throws IOException {
        try {
            return turn.tryLock(Deadline.remainingNanos(deadline), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SelectErrors.of("select", backend, "", Outcome.INTERRUPTED);
        }
    }

    private int selectInTurn(long deadline, Handler handler) throws IOException {
        if (turn.getHoldCount() > 1) {
            throw new IllegalStateException("a handler must not select with the selector that called it");
        }
        for (; ; ) {
            requireOpen();
            int collected = collect(deadline);
            if (collected < 0) {
                throw SelectErrors.of("select", backend, waitingCall(), collected);
            }
            int told = handOver(collected, handler);
            // A wake-up that comes with events is kept for the select that would wait.
            if (told > 0) {
                return told;
            }
            boolean woken = deadline != Deadline.NOW && collected > 0 && (alarm.take() & Alarm.RETURN) != 0;
            if (woken || Deadline.remainingNanos(deadline) <= 0) {
                requireOpen();
                return 0;
            }
        }
    }

    /** The system call that waits, for messages. */
    private String waitingCall() {
        return backend.equals("epoll") ? "epoll_wait" : backend;
    }

    /** Tells the handler, where the registration still stands and waits for one of the events: 1, else 0. */
    static int tell(Handler handler, Registration registration, int events) {
        SelectorKey key = registration.key();
        if (key == null) {
            return 0;
        }
        int wanted = events & key.events();
        if (wanted == 0 && (events & BROKEN) != 0) {
            // The kernel would repeat it without end, and nobody would ever see to it.
            wanted = key.events();
        }
        if (wanted != 0) {
            handler.ready(key, wanted);
        }
        return wanted == 0 ? 0 : 1;
    }

    @Override
    public final SelectorKey getKey(HasFileno file) {
        synchronized (table) {
            return require(file).lastKey();
        }
    }

    @Override
    public final Map<HasFileno, SelectorKey> getMap() {
        return table.view();
    }

    @Override
    public final void wakeUp() {
        alarm.signal(Alarm.RETURN);
    }

    @Override
    public final void close() {
        List<Registration> ended = new ArrayList<>();
        synchronized (table) {
            if (closed) {
                return;
            }
            closed = true;
            table.forEach(ended::add);
            ended.forEach(this::end);
            departed.clear();
        }
        alarm.signal(Alarm.RETURN);
        watches.close();
        alarm.close();
        // Only now: whoever closes one of them meanwhile must wait until no thread is in the kernel with it.
        ended.forEach(this::stopWatching);
    }

    private IOException failure(String operation, Registration registration, int code) {
        String call = backend.equals("epoll") ? "epoll_ctl" : "fcntl";
        return SelectErrors.of(operation, "descriptor " + registration.fd(), call, code);
    }

    private Registration require(HasFileno file) {
        requireOpen();
        Registration registration = table.find(Filenos.given(file, "what is registered"));
        if (registration == null) {
            throw new IllegalArgumentException("it is not registered: " + file);
        }
        return registration;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedSelectorException();
        }
    }

    private static void requireEvents(int events) {
        if (events == 0 || (events & ~EVENTS) != 0) {
            throw new IllegalArgumentException(
                    "events are EVENT_READ, EVENT_WRITE and EVENT_PRIORITY, joined by |, at least one, not " + events);
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + (closed ? "[closed]" : "[" + table.size() + " registered]");
    }
}
