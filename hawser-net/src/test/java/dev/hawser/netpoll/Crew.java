package dev.hawser.netpoll;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Threads that a test sets to work, every other one a virtual one. */
final class Crew {

    private static final int SECONDS = 30;

    private final List<FutureTask<?>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Crew add(Callable<?> work) {
        FutureTask<?> task = new FutureTask<>(work);
        boolean virtual = threads.size() % 2 == 0;
        tasks.add(task);
        threads.add(
                virtual
                        ? Thread.ofVirtual().start(task)
                        : Thread.ofPlatform().daemon().name("test").start(task));
        return this;
    }

    Thread last() {
        return threads.getLast();
    }

    /** Waits until the last thread is parked on such an object. */
    Crew awaitParkedOn(Object blocker) {
        Thread thread = last();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!blocker.equals(LockSupport.getBlocker(thread))) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the thread does not wait: " + tasks.getLast());
            }
            LockSupport.parkNanos(10_000);
        }
        return this;
    }

    void interrupt(int number) {
        threads.get(number).interrupt();
    }

    int size() {
        return threads.size();
    }

    boolean isDone() {
        return tasks.stream().allMatch(FutureTask::isDone);
    }

    /** Waits for all, and fails if one of them failed. */
    void join() throws Exception {
        for (int i = 0; i < tasks.size(); i++) {
            try {
                tasks.get(i).get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                AssertionError hangs = new AssertionError("thread " + i + " hangs", e);
                hangs.setStackTrace(threads.get(i).getStackTrace());
                throw hangs;
            }
        }
    }
}
