package dev.hawser.socketserver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker, as the {@link WorkerPool} has it in its books. Its fields belong to who holds the pool's lock.
 *
 * <pre>
 *                 ready            given a request
 *   STARTING ---------------> IDLE ---------------> BUSY
 *      |                       | ^                   | |
 *      |                       | '-------------------' |
 *      |            too many,  |         done          | done, and: its last request, or it is
 *      |            or leaving v                       v leaving, or had to be killed
 *      |                     RETIRING <----------------'
 *      v                       v
 *      '-------> ENDED <-------'      also from IDLE and BUSY: a worker may die whenever it likes
 * </pre>
 *
 * A kill changes nothing here: the worker is what it was until its end is told.
 */
final class PoolMember<R> implements WorkerEvents<R> {

    enum State {
        STARTING,
        IDLE,
        BUSY,
        RETIRING,
        ENDED
    }

    private final WorkerPool<R> pool;

    State state = State.STARTING;
    /** Null until it is known. */
    @Nullable
    Worker<R> worker;
    /** What it has; null unless it is busy. */
    @Nullable
    PoolRequest<R> request;
    /** The pool's step in which it got that. */
    int busySince;
    /** How many requests it has served. */
    int served;
    /** Ends the time limit of its state. */
    Runnable cancelTimer = () -> {};
    /** Whether it was told to die. */
    boolean killed;
    /** Why it was, as the end of a sentence; null where that is nobody's business. */
    @Nullable
    String killReason;
    /** Whether it takes long to start, so that others start without waiting for it. */
    boolean slow;
    /** Whether it will end by itself. */
    boolean leaving;
    /** Why it cannot serve at all. */
    @Nullable
    WorkerException cannotServe;

    private boolean giving;
    private final List<Runnable> meanwhile = new ArrayList<>();

    PoolMember(WorkerPool<R> pool) {
        this.pool = pool;
    }

    /** From here to {@link #givingEnds} events wait: they may come before {@link Worker#give} has returned. */
    void givingBegins() {
        giving = true;
    }

    void givingEnds() {
        giving = false;
        meanwhile.forEach(Runnable::run);
        meanwhile.clear();
    }

    PoolRequest<R> takeRequest() {
        PoolRequest<R> taken = request;
        if (taken == null) {
            throw new IllegalStateException("worker " + pid() + " has no request");
        }
        request = null;
        return taken;
    }

    long pid() {
        return worker == null ? 0 : worker.pid();
    }

    private void told(Worker<R> teller, Runnable event) {
        pool.change(() -> {
            worker = teller;
            if (giving) {
                meanwhile.add(event);
            } else {
                event.run();
            }
        });
    }

    @Override
    public void ready(Worker<R> teller) {
        told(teller, () -> pool.ready(this));
    }

    @Override
    public void done(Worker<R> teller, @Nullable WorkerException failure) {
        told(teller, () -> pool.done(this, failure));
    }

    @Override
    public void leaving(Worker<R> teller, @Nullable WorkerException reason) {
        told(teller, () -> pool.leaving(this, reason));
    }

    @Override
    public void ended(Worker<R> teller, int exitStatus) {
        told(teller, () -> pool.ended(this, exitStatus));
    }
}
