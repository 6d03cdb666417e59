package dev.hawser.reactor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a layer of TLS is at work: the loop that its connection belongs to, whose memory it uses, and the end of the event, when it is flushed. Over
 * a connection in memory there is no loop, and each call is an event.
 *
 * <h2>Threading</h2>
 * For the loop's thread. When the connection has moved, what the old loop still has to call is seen to be stale.
 */
final class TlsPlace {

    private final Runnable flush;
    private final Runnable flushInLoop = this::flushInLoop;
    private @Nullable Transport under;
    private @Nullable Reactor reactor;
    private @Nullable LoopReactor loop;
    private TlsMemory memory = new TlsMemory();
    private ChunkPool chunks = new ChunkPool();
    private boolean dirty;

    /** In this event, the connection still belongs to this loop; after it, to another one. */
    private boolean moving;

    private int depth;
    private boolean again;

    TlsPlace(Runnable flush) {
        this.flush = flush;
    }

    /** Something is told from below. */
    void enter(Transport transport) {
        look(transport);
        depth++;
    }

    void leave() {
        depth--;
        if (depth == 0 && (moving || loop == null)) {
            flushNow();
        }
    }

    /** What is called while it flushes may ask for it again: it is done behind that, not within. */
    private void flushNow() {
        depth++;
        try {
            do {
                again = false;
                flush.run();
            } while (again);
        } finally {
            depth--;
        }
    }

    private void flushAtTheEnd() {
        if (depth == 0) {
            flushNow();
        } else {
            again = true;
        }
    }

    /** Whatever came last was told by the loop of now: the one before has nothing of it any more. */
    private void look() {
        Transport transport = under;
        if (transport != null) {
            look(transport);
        }
    }

    /** Finds the loop that it belongs to now. */
    private void look(Transport transport) {
        Reactor now = transport.reactor();
        if (now.equals(reactor)) {
            return;
        }
        if (now instanceof LoopReactor home) {
            home.requireThread();
        }
        under = transport;
        reactor = now;
        moving = false;
        dirty = false;
        if (now instanceof LoopReactor entered) {
            loop = entered;
            memory = entered.tlsMemory();
            chunks = entered.chunks();
        }
    }

    void requireThread(Transport transport) {
        look(transport);
        if (loop != null) {
            loop.requireThread();
        }
    }

    TlsMemory memory() {
        look();
        return memory;
    }

    ChunkPool chunks() {
        look();
        return chunks;
    }

    Reactor reactor() {
        return Objects.requireNonNull(reactor);
    }

    /** At the end of the event. */
    void flushLater() {
        look();
        LoopReactor home = loop;
        if (moving || home == null) {
            flushAtTheEnd();
        } else if (!dirty) {
            dirty = true;
            home.afterEvent(flushInLoop);
        }
    }

    private void flushInLoop() {
        Transport transport = under;
        if (transport != null && transport.reactor() instanceof LoopReactor now && now.isInThread()) {
            look();
            dirty = false;
            flushNow();
        }
    }

    void willMove() {
        moving = true;
        flushAtTheEnd();
    }

    /** Calls in the thread of the loop that it belongs to then, also where it moves meanwhile; not at all, if that is closed. */
    void callInLoop(Runnable call) {
        Reactor target = Objects.requireNonNull(under).reactor();
        try {
            target.callFromThread(() -> {
                if (Objects.requireNonNull(under).reactor().equals(target)) {
                    call.run();
                } else {
                    callInLoop(call);
                }
            });
        } catch (IllegalStateException closed) {
            // The connection ended with its reactor.
        }
    }

    /** Has another thread do what may wait; where there is no loop, this one. */
    void callInThread(Runnable call) {
        look();
        LoopReactor home = loop;
        if (home == null) {
            call.run();
        } else {
            home.callInThread(call);
        }
    }

    void report(Object what, Throwable thrown) {
        LoopReactor home = loop;
        if (home != null) {
            home.report(what + " is lost: a method of its protocol has thrown", thrown);
        }
    }
}
