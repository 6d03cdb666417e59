package dev.hawser.select;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hawser.netpoll.AnyOf;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;

/** An array of {@code struct pollfd} that grows, and poll(2) of it. For one thread at a time. */
final class PollFds implements Inquiry {

    private static final int SIZE = Abi.value("sizeof(struct pollfd)");
    private static final int FD_OFFSET = Abi.value("offsetof(struct pollfd,fd)");
    private static final int EVENTS_OFFSET = Abi.value("offsetof(struct pollfd,events)");
    private static final int READY_OFFSET = Abi.value("offsetof(struct pollfd,revents)");

    private final SystemCalls calls;
    private MemorySegment array = MemorySegment.ofArray(new byte[8 * SIZE]);
    private int size;

    PollFds(SystemCalls calls) {
        this.calls = calls;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /**
     * Adds a descriptor at the end.
     *
     * @return its index
     */
    int add(int fd, int events) {
        if ((long) (size + 1) * SIZE > array.byteSize()) {
            array = MemorySegment.ofArray(new byte[2 * size * SIZE]).copyFrom(array);
        }
        put(size, fd, events);
        return size++;
    }

    /** Changes what is waited for. */
    void setEvents(int index, int events) {
        array.set(JAVA_SHORT_UNALIGNED, at(index) + EVENTS_OFFSET, (short) events);
    }

    /** Takes one out: the last one takes its place, and its index. */
    void remove(int index) {
        size--;
        put(index, fd(size), events(size));
        array.set(JAVA_SHORT_UNALIGNED, at(index) + READY_OFFSET, (short) ready(size));
    }

    int fd(int index) {
        return array.get(JAVA_INT_UNALIGNED, at(index) + FD_OFFSET);
    }

    int events(int index) {
        return Short.toUnsignedInt(array.get(JAVA_SHORT_UNALIGNED, at(index) + EVENTS_OFFSET));
    }

    /** What it is ready for, since the last wait. */
    int ready(int index) {
        return Short.toUnsignedInt(array.get(JAVA_SHORT_UNALIGNED, at(index) + READY_OFFSET));
    }

    /** How many are ready, 0 when the time is up, {@code -errno}, or an {@link Outcome}. */
    int await(long deadline) {
        return await(calls, deadline);
    }

    @Override
    public int ask(long timeoutNanos) {
        return calls.poll(array, size, timeoutNanos);
    }

    @Override
    public int addTo(AnyOf set) {
        int added = 0;
        for (int i = 0; i < size && added == 0; i++) {
            added = set.add(fd(i), events(i));
        }
        return added;
    }

    private void put(int index, int fd, int events) {
        array.set(JAVA_INT_UNALIGNED, at(index) + FD_OFFSET, fd);
        array.set(JAVA_SHORT_UNALIGNED, at(index) + EVENTS_OFFSET, (short) events);
        array.set(JAVA_SHORT_UNALIGNED, at(index) + READY_OFFSET, (short) 0);
    }

    private static long at(int index) {
        return (long) index * SIZE;
    }
}
