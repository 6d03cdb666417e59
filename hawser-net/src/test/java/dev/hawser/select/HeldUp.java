package dev.hawser.select;

import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Holds up calls that are to wait before they are made, and notes what is closed meanwhile. */
final class HeldUp implements SystemCalls, AutoCloseable {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<Integer> closed = new CopyOnWriteArrayList<>();
    private final SystemCalls before = SystemCalls.install(this);

    /** Waits until there is one. */
    void awaitInside() throws InterruptedException {
        inside.await();
    }

    /** Has them be made. */
    void letGo() {
        leave.countDown();
    }

    /** The numbers that were closed. */
    List<Integer> closed() {
        return closed;
    }

    private void holdUp() {
        inside.countDown();
        try {
            leave.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int epollWait(int epollFd, MemorySegment events, int timeoutMillis) {
        if (timeoutMillis != 0 && !Thread.currentThread().getName().startsWith("hawser-poller")) {
            holdUp();
        }
        return SystemCalls.super.epollWait(epollFd, events, timeoutMillis);
    }

    @Override
    public int poll(MemorySegment descriptors, int count, long timeoutNanos) {
        if (timeoutNanos != 0) {
            holdUp();
        }
        return SystemCalls.super.poll(descriptors, count, timeoutNanos);
    }

    @Override
    public int select(
            int numbers, MemorySegment readable, MemorySegment writable, MemorySegment exceptional, long timeoutNanos) {
        if (timeoutNanos != 0) {
            holdUp();
        }
        return SystemCalls.super.select(numbers, readable, writable, exceptional, timeoutNanos);
    }

    @Override
    public int close(int fd) {
        closed.add(fd);
        return SystemCalls.super.close(fd);
    }

    @Override
    public void close() {
        SystemCalls.install(before);
    }
}
