package dev.hawser.select;

import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The registrations that poll(2) or select(2) is given, all of them each time. They are listed anew when one has changed, and never
 * while a thread is in the kernel with the list. What is closed meanwhile would live on there until that thread comes back:
 * whoever closes it has it come back, and waits for that.
 *
 * <h2>Threading</h2>
 * Under the monitor of the table, where nothing else is said.
 */
final class Roster implements Watches {

    private static final int F_GETFD = Abi.value("F_GETFD");

    private final SystemCalls calls;
    private final KeyTable table;
    private final Alarm alarm;
    private final List<Registration> listed = new ArrayList<>();

    private boolean changed = true;

    /** The thread that is in the kernel with the list. */
    private @Nullable Thread user;

    private boolean closed;
    private long uses;

    Roster(SystemCalls calls, KeyTable table, Alarm alarm) {
        this.calls = calls;
        this.table = table;
        this.alarm = alarm;
    }

    KeyTable table() {
        return table;
    }

    /** A number that is not open would only be told of in each select. */
    @Override
    public int watch(Registration registration, int wanted) {
        change();
        return Math.min(calls.fcntl(registration.fd(), F_GETFD, 0), 0);
    }

    @Override
    public int rewatch(Registration registration, int wanted) {
        change();
        return 0;
    }

    @Override
    public void unwatch(Registration registration) {
        change();
    }

    /** A thread that waits looks again. */
    private void change() {
        changed = true;
        if (user != null) {
            alarm.signal(Alarm.CHANGE);
        }
    }

    /** What the last {@link #use} had; for the thread whose turn it is. */
    List<Registration> listed() {
        return listed;
    }

    /**
     * Waits with what is registered; for the thread whose turn it is, without the monitor.
     *
     * @param refill called with the list when it is another than last time
     * @param await what waits
     * @return what it has returned, or {@link Outcome#CLOSED}
     */
    int use(Runnable refill, IntSupplier await) {
        synchronized (table) {
            if (closed) {
                return Outcome.CLOSED;
            }
            if (changed) {
                list();
                refill.run();
                changed = false;
            }
            user = Thread.currentThread();
            uses++;
        }
        try {
            return await.getAsInt();
        } finally {
            synchronized (table) {
                user = null;
                table.notifyAll();
            }
        }
    }

    private void list() {
        listed.clear();
        table.forEach(registration -> {
            if (!registration.isStale()) {
                listed.add(registration);
            }
        });
    }

    /** Ends all use, when the thread that is in the kernel has come back. */
    @Override
    public void close() {
        synchronized (table) {
            closed = true;
            changed = true;
            awaitUnused();
        }
    }

    /** Waits until the thread that is in the kernel with what has changed since, if any, has come back. */
    @Override
    public void awaitUnused() {
        boolean interrupted = false;
        synchronized (table) {
            long use = uses;
            // Not for itself: what it waits with may have a descriptor of its own, whose number has been another's.
            while (user != null && user != Thread.currentThread() && changed && uses == use) {
                try {
                    table.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
