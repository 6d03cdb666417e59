package dev.hawser.reactor.defer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hands on what is put in to those who wait for it, first come, first served.
 *
 * <h2>Threading</h2>
 * For the thread that owns it.
 *
 * @param <T> what is handed on
 */
public final class DeferredQueue<T> {
    private final int size;
    private final int backlog;
    private final Deque<T> pending = new ArrayDeque<>();
    private final Queued<T> waiting = new Queued<>();

    /** One without bounds. */
    public DeferredQueue() {
        this(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * One with bounds.
     *
     * @param size how many may lie in it
     * @param backlog how many may wait for one
     */
    public DeferredQueue(int size, int backlog) {
        if (size < 0 || backlog < 0) {
            throw new IllegalArgumentException(
                    "size " + size + " and backlog " + backlog + " of a queue: give 0 or more for both");
        }
        this.size = size;
        this.backlog = backlog;
    }

    /**
     * Hands on.
     *
     * @param item what
     * @throws QueueOverflowException if nobody waits and it is full
     */
    public void put(T item) {
        if (!waiting.isEmpty()) {
            waiting.leave(item);
        } else if (pending.size() < size) {
            pending.add(item);
        } else {
            throw new QueueOverflowException("the queue holds " + size + " already");
        }
    }

    /**
     * Asks for one.
     *
     * @return fires with it; cancelling it before takes the question back
     * @throws QueueUnderflowException if too many wait already
     */
    public Deferred<T> get() {
        T item = pending.poll();
        if (item != null) {
            return Deferred.succeed(item);
        }
        if (waiting.size() >= backlog) {
            throw new QueueUnderflowException(backlog + " wait for the queue already");
        }
        return waiting.enter();
    }
}
