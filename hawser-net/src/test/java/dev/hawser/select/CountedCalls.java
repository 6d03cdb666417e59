package dev.hawser.select;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notes how long each call that may wait was to wait, in nanoseconds, and has some end with EINTR. Calls of Hawser's own
 * pollers do not count.
 */
final class CountedCalls implements SystemCalls, AutoCloseable {

    private final SystemCalls before = SystemCalls.install(this);
    private final List<Long> timeouts = new CopyOnWriteArrayList<>();
    private final AtomicInteger selects = new AtomicInteger();
    private final AtomicInteger interruptions = new AtomicInteger();

    /** Has the next calls end with EINTR, whether they are to wait or not. */
    void interrupt(int times) {
        interruptions.set(times);
    }

    /** How long each was to wait; negative: without end. */
    List<Long> timeouts() {
        return timeouts;
    }

    /** Of these, those that were to wait. */
    List<Long> waits() {
        return timeouts.stream().filter(nanos -> nanos != 0).toList();
    }

    /** How many calls of select there were: those of epoll_wait may be a poller's, which looks as often as it has time. */
    int selects() {
        return selects.get();
    }

    private boolean note(long timeoutNanos) {
        if (Thread.currentThread().getName().startsWith("hawser-poller")) {
            return false;
        }
        timeouts.add(timeoutNanos);
        return interruptions.getAndUpdate(left -> Math.max(left - 1, 0)) > 0;
    }

    @Override
    public int poll(MemorySegment descriptors, int count, long timeoutNanos) {
        return note(timeoutNanos) ? -Errno.EINTR : SystemCalls.super.poll(descriptors, count, timeoutNanos);
    }

    @Override
    public int select(
            int numbers, MemorySegment readable, MemorySegment writable, MemorySegment exceptional, long timeoutNanos) {
        selects.incrementAndGet();
        return note(timeoutNanos)
                ? -Errno.EINTR
                : SystemCalls.super.select(numbers, readable, writable, exceptional, timeoutNanos);
    }

    @Override
    public int epollWait(int epollFd, MemorySegment events, int timeoutMillis) {
        return note(timeoutMillis * 1_000_000L)
                ? -Errno.EINTR
                : SystemCalls.super.epollWait(epollFd, events, timeoutMillis);
    }

    @Override
    public void close() {
        SystemCalls.install(before);
    }
}
