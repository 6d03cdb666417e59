package dev.hawser.select;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Where the events of an epoll set are put, to be used again and again, and how a thread waits for them: for one thread at a
 * time.
 */
final class EpollEvents implements Handle.Call {

    private static final int SIZE = Abi.value("sizeof(struct epoll_event)");
    private static final int EVENTS_OFFSET = Abi.value("offsetof(struct epoll_event,events)");
    private static final int DATA_OFFSET = Abi.value("offsetof(struct epoll_event,data)");
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SystemCalls calls;
    private final MemorySegment events;
    private final Epoll owner;
    private final PollFds set;
    private long deadline;

    /**
     * Makes room.
     *
     * @param owner the set whose events they are
     * @param maxEvents how many of them are told at a time
     */
    EpollEvents(Epoll owner, int maxEvents) {
        this.owner = owner;
        this.calls = owner.calls();
        this.events = Arena.ofAuto().allocate((long) SIZE * maxEvents, Long.BYTES);
        this.set = new PollFds(calls);
        set.add(owner.descriptor().fd(), SelectConstants.POLLIN);
    }

    /** How many are told at a time. */
    int capacity() {
        return (int) (events.byteSize() / SIZE);
    }

    /** What the descriptor is ready for. */
    int events(int index) {
        return events.get(JAVA_INT_UNALIGNED, (long) index * SIZE + EVENTS_OFFSET);
    }

    /** What it was registered with. */
    long data(int index) {
        return events.get(JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA_OFFSET);
    }

    /** How many there are, 0 when the time is up, {@code -errno}, or an {@link Outcome}. */
    int await(Handle handle, long until) {
        deadline = until;
        long result = handle.perform(handle.descriptor().reading(), until, this);
        return result == -Errno.EAGAIN || result == Outcome.TIMED_OUT ? 0 : (int) result;
    }

    /** Of the threads, a virtual one is parked by the caller after EAGAIN; a platform thread waits in here, with one call. */
    @Override
    public long make() {
        Thread me = Thread.currentThread();
        boolean inKernel = deadline != Deadline.NOW && !me.isVirtual();
        if (inKernel && !me.isInterrupted()) {
            return waitInKernel();
        }
        int n = look();
        if (n != 0 || deadline == Deadline.NOW) {
            return n;
        }
        return inKernel ? Outcome.INTERRUPTED : -Errno.EAGAIN;
    }

    private int look() {
        return unlessClosed(calls.epollWait(owner.descriptor().fd(), events, 0));
    }

    /** Asked after the call: its one event may be that which {@link Epoll#close} ends the waits with. */
    private int unlessClosed(int n) {
        return owner.isClosed() ? Outcome.CLOSED : n;
    }

    private int waitInKernel() {
        for (long left = remaining(); left > 0; left = remaining()) {
            int n = left < NANOS_PER_MILLI ? waitExactly(left) : waitWholeMillis(left);
            if (n != 0) {
                return unlessClosed(n);
            }
        }
        return look();
    }

    private long remaining() {
        return Deadline.remainingNanos(deadline);
    }

    /** epoll_wait(2) knows milliseconds alone, so what is less is left to {@link #waitExactly}. */
    private int waitWholeMillis(long nanos) {
        int millis = deadline == Deadline.NEVER ? -1 : (int) Math.min(nanos / NANOS_PER_MILLI, Integer.MAX_VALUE);
        return calls.epollWait(owner.descriptor().fd(), events, millis);
    }

    /** An epoll set can be waited for itself, and ppoll(2) knows nanoseconds. */
    private int waitExactly(long nanos) {
        int n = set.ask(nanos);
        return n > 0 ? look() : n;
    }
}
