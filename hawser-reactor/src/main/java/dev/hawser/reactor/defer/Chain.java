package dev.hawser.reactor.defer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The machine of a {@link Deferred}, which knows nothing of its types: a result, the links that it has still to go through, and who waits for whom.
 *
 * <p>The lock guards the state and the list of links, and is never held while foreign code is called. The result belongs to the thread that runs the links, while one
 * does; else to the lock. Whoever adds the link that can run, runs it: the thread that fires, or the one that adds to what has fired.
 *
 * <p>Threads that only wait ({@link #observe}) never run a link, so that the callbacks stay with the threads that own the deferred.
 */
abstract sealed class Chain permits Deferred {

    /** What {@link #observe} answers while there is nothing to see. */
    static final Object NOT_YET = new Object();

    private static final int CALLED = 1;
    private static final int RUNNING = 2;
    private static final int WAITING = 4;
    private static final int SWALLOWS_ONE = 8;
    private static final int FLAGS = 15;
    private static final int PAUSE = 16;

    private final @Nullable Object made = Origin.here();

    /** The flags, and above them how often it is paused. */
    private int state;

    private @Nullable Object result;

    /** The last link, which knows the first: a field less than to keep both. */
    private @Nullable Link last;

    /** Before it is fired, the canceller; while it waits, the chain that it waits for. */
    private @Nullable Object upstream;

    Chain(@Nullable Object canceller) {
        this.upstream = canceller;
    }

    /** Fires, and runs what can be run. */
    final void fire(@Nullable Object outcome) {
        if (begin(outcome)) {
            run();
        }
    }

    /** Fires without running anything: true if the caller has to run it. */
    final synchronized boolean begin(@Nullable Object outcome) {
        if (is(CALLED)) {
            if (!is(SWALLOWS_ONE)) {
                throw new AlreadyCalledException(
                        "a Deferred fires once; this one has fired already" + Origin.madeAt(made));
            }
            state &= ~SWALLOWS_ONE;
            return false;
        }
        state |= CALLED;
        upstream = null;
        result = outcome;
        return claim();
    }

    /** Adds a link, and runs it if it can be run. */
    final void add(Link link) {
        boolean mine;
        synchronized (this) {
            append(link);
            mine = claim();
        }
        if (mine) {
            run();
        }
    }

    /** Hands out what it came to, or where it has come to nothing yet, adds the link, which is told of it. A failure counts as handled. */
    final synchronized @Nullable Object observe(Link link) {
        if (!settled()) {
            append(link);
            return NOT_YET;
        }
        Failed.handled(result);
        return result;
    }

    static boolean hasCome(@Nullable Object observed) {
        return observed != NOT_YET;
    }

    final synchronized boolean called() {
        return is(CALLED);
    }

    final synchronized void pauseOnce() {
        state += PAUSE;
    }

    final void unpauseOnce() {
        boolean mine;
        synchronized (this) {
            if (state < PAUSE) {
                throw new IllegalStateException("unpause() without a pause()");
            }
            state -= PAUSE;
            mine = claim();
        }
        if (mine) {
            run();
        }
    }

    /** What has to be cancelled in its place: the chain at the end of those that wait for one another. */
    final Chain furthestUpstream() {
        Chain current = this;
        Chain seen = this;
        long steps = 0;
        for (Chain next = current.waitsFor(); next != null; next = current.waitsFor()) {
            current = next;
            if (current.equals(seen)) {
                throw new IllegalStateException("Deferreds that wait for one another: none of them can be cancelled");
            }
            if (Long.bitCount(++steps) == 1) { // so that any circle is met, whoever leads into it
                seen = current;
            }
        }
        return current;
    }

    private synchronized @Nullable Chain waitsFor() {
        return is(WAITING) ? (Chain) upstream : null;
    }

    /** Takes the canceller of one that has not fired. Where there is none, one result that comes too late is let pass. */
    final synchronized @Nullable Object takeCanceller() {
        Object canceller = upstream;
        if (!is(CALLED) && canceller == null) {
            state |= SWALLOWS_ONE;
        }
        return is(CALLED) ? null : canceller;
    }

    /** The failure of a cancellation; where something fired it meanwhile, that stands. */
    final void fireCancelled(Failed failed) {
        boolean mine;
        synchronized (this) {
            mine = !is(CALLED) && begin(failed);
        }
        if (mine) {
            run();
        }
    }

    /** Runs the links of this chain, and of those that wait for it, one after the other: a loop, and no recursion, however long they are. */
    private void run() {
        ArrayDeque<Chain> outer = null; // most chains wait for nobody
        Chain current = this;
        while (current != null) {
            Link link = current.next();
            Chain woken = link == null ? null : link.apply(current);
            if (woken != null) {
                outer = outer == null ? new ArrayDeque<>(4) : outer;
                outer.push(current);
                current = woken;
            } else if (link == null) {
                current = outer == null ? null : outer.poll();
            }
        }
    }

    /** The next link that can run; null where there is none, and then the thread runs this chain no longer. */
    private synchronized @Nullable Link next() {
        Link end = last;
        if (end == null || state >= PAUSE || is(WAITING)) {
            state &= ~RUNNING;
            if (!is(WAITING) && result instanceof Failed failed) {
                failed.watch(this, made);
            }
            return null;
        }
        Link first = end.next;
        last = end.isAlone() ? null : end;
        end.next = first.next;
        return first;
    }

    /** Guarded by the lock: whether the caller has to run the chain. */
    private boolean claim() {
        if ((state & FLAGS & ~SWALLOWS_ONE) != CALLED || state >= PAUSE) {
            return false;
        }
        state |= RUNNING;
        return true;
    }

    private void append(Link link) {
        Link end = last;
        if (end != null) {
            link.next = end.next;
            end.next = link;
        }
        last = link;
    }

    private boolean settled() {
        return is(CALLED) && !is(RUNNING | WAITING) && state < PAUSE && last == null;
    }

    private boolean is(int flags) {
        return (state & flags) != 0;
    }

    /** For links, which are called by the thread that runs the chain. */
    final @Nullable Object current() {
        return result;
    }

    final void goOnWith(@Nullable Object next) {
        result = next;
    }

    /** Hands the result over to another chain; this one goes on with null. */
    final @Nullable Object handOver() {
        Object taken = result;
        result = null;
        return taken instanceof Failed failed ? failed.handOver() : taken;
    }

    /** Waits for another, or goes on with what that has come to. */
    final void follow(Chain inner) {
        synchronized (this) {
            state |= WAITING;
            upstream = inner;
        }
        Object taken = inner.handOverOr(new Link.Resume(this));
        if (hasCome(taken)) {
            synchronized (this) {
                resumed(taken);
            }
        }
    }

    private synchronized @Nullable Object handOverOr(Link link) {
        if (settled()) {
            return handOver();
        }
        append(link);
        return NOT_YET;
    }

    /** What it waited for has come: true if the caller has to run it. */
    final synchronized boolean resume(@Nullable Object outcome) {
        resumed(outcome);
        return claim();
    }

    private void resumed(@Nullable Object outcome) {
        state &= ~WAITING;
        upstream = null;
        result = outcome;
    }
}
