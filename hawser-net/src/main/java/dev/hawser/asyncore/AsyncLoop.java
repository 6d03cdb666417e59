package dev.hawser.asyncore;

import dev.hawser.select.Selector;
import dev.hawser.select.SelectorKey;
import dev.hawser.select.Selectors;
import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the sockets of its {@link Dispatcher}s, and calls their handlers. In asyncore this was {@code loop()} and a
 * global {@code socket_map}; here the map is the loop's, and there can be many.
 *
 * <p>A turn asks each dispatcher whether it wants to read and to write, waits, and calls the handlers of those that are
 * ready. What a handler throws goes to {@link Dispatcher#handleError} of its dispatcher; the others go on.
 *
 * <h2>Threading</h2>
 * While one thread is in {@link #loop} or {@link #poll}, the loop and its dispatchers belong to that thread, virtual or not:
 * from another one only {@link #wakeUp}, {@link #close}, {@link #getMap} and {@link Dispatcher#close} are safe, and what would not
 * be is refused with an {@link IllegalStateException}. Work for a loop comes from other threads by a queue: put it there, call
 * {@code wakeUp}, and let a dispatcher look at the queue in {@link Dispatcher#writable}. Between two calls of {@code loop} any
 * thread may prepare the dispatchers, and the next may run them. A handler does not run its own loop.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is how long a turn may wait; null, as long as it takes; zero, not at all; negative ones are refused. There are no
 * timers. A handler that waits holds up all dispatchers of the loop. A listener that could not accept for want of
 * descriptors or memory rests for {@value #REST_MILLIS} ms, and makes a turn end by then.
 *
 * <h2>Errors</h2>
 * {@link ExitNow} passes through to the caller. An {@link IOException} is the selector's own. A loop that was closed throws
 * {@link ClosedSelectorException}.
 *
 * <p>Source: {@code asyncore.loop}, {@code asyncore.poll}, {@code asyncore.close_all}.
 *
 * {@snippet file="dev/hawser/asyncore/AsyncoreSnippetsTest.java" region="loop"}
 */
public final class AsyncLoop implements Closeable {

    /** How long a listener rests that could not accept, in milliseconds. */
    static final int REST_MILLIS = 100;

    private static @Nullable AsyncLoop shared;

    private final Selector selector;
    private final Selector.Handler dispatch = this::dispatch;

    /** By the number of the descriptor. Others look while the loop changes it. */
    private final Map<Integer, Dispatcher> dispatchers = new ConcurrentHashMap<>();

    /** The thread that the loop and its dispatchers belong to; null where nobody runs them. */
    private volatile @Nullable Thread runner;

    private volatile boolean closed;

    /**
     * A loop over the selector that {@link Selectors#open} finds best.
     *
     * @throws IOException if there is no descriptor for the selector
     */
    public AsyncLoop() throws IOException {
        this(Selectors.open());
    }

    /**
     * A loop over any selector.
     *
     * @param selector what waits, for this loop alone; {@link #close} closes it
     */
    public AsyncLoop(Selector selector) {
        this.selector = selector;
    }

    /**
     * A loop that the whole program shares, as asyncore's global map was. It is opened by the first call; after it was
     * closed, the next call opens another one.
     *
     * @return the loop
     * @throws IOException if there is no descriptor for the selector
     */
    public static synchronized AsyncLoop getDefault() throws IOException {
        AsyncLoop loop = shared;
        if (loop == null || loop.closed) {
            loop = new AsyncLoop();
            shared = loop;
        }
        return loop;
    }

    /**
     * Runs until no dispatcher is left, or the loop is closed.
     *
     * @throws IOException if the selector fails
     * @throws ExitNow if a handler threw it
     */
    public void loop() throws IOException {
        loop(null, Integer.MAX_VALUE);
    }

    /**
     * Runs until no dispatcher is left, the turns are made, or the loop is closed. {@link Integer#MAX_VALUE} turns are without
     * end.
     *
     * @param timeout how long a turn may wait; zero not at all, null as long as it takes
     * @param count how many turns to make
     * @throws IOException if the selector fails
     * @throws ExitNow if a handler threw it
     */
    public void loop(@Nullable Duration timeout, int count) throws IOException {
        refuseNegative(timeout);
        try (Closeable _ = enter()) {
            int left = count;
            while (!dispatchers.isEmpty() && left > 0 && !closed) {
                turn(timeout);
                left -= count == Integer.MAX_VALUE ? 0 : 1;
            }
        }
    }

    /**
     * Makes one turn. Without any dispatcher it waits for {@link #wakeUp}, or for the time to be up.
     *
     * @param timeout how long to wait; zero not at all, null as long as it takes
     * @return how many dispatchers were ready
     * @throws IOException if the selector fails
     * @throws ExitNow if a handler threw it
     */
    public int poll(@Nullable Duration timeout) throws IOException {
        refuseNegative(timeout);
        try (Closeable _ = enter()) {
            return turn(timeout);
        }
    }

    /** Ends the wait of the turn, so that all are asked again what they want; or that of the next turn. Safe from any thread. */
    public void wakeUp() {
        selector.wakeUp();
    }

    /**
     * Closes all dispatchers, also where one of them fails to.
     *
     * @throws IOException what the first one threw, with what the others threw suppressed in it
     * @throws IllegalStateException if another thread runs the loop: {@link #close} is for that
     */
    public void closeAll() throws IOException {
        checkThread();
        closeEach();
    }

    /**
     * Ends the loop for good: closes all dispatchers and the selector. Where another thread runs the loop, it is that thread that
     * does so, after the handler that it is in, and {@link #loop} returns; this call does not wait for it. Closing twice does nothing.
     *
     * @throws IOException what the first dispatcher to fail threw, with what the others threw suppressed in it
     */
    @Override
    public void close() throws IOException {
        boolean mine;
        synchronized (this) {
            closed = true;
            mine = runner == null;
        }
        if (mine) {
            dispose();
        } else {
            selector.wakeUp();
        }
    }

    /**
     * The dispatchers that have a socket, by the number of its descriptor.
     *
     * @return a view, read-only, that changes with them; safe to walk through, from any thread
     */
    public Map<Integer, Dispatcher> getMap() {
        return Collections.unmodifiableMap(dispatchers);
    }

    /**
     * Refuses what only the thread that runs the loop may do: for a dispatcher whose own methods are no safer than the rest.
     *
     * @throws IllegalStateException if another thread runs the loop
     */
    public void checkThread() {
        Thread owner = runner;
        if (owner != null && owner != Thread.currentThread()) {
            throw new IllegalStateException("the dispatchers of this loop belong to " + owner
                    + ", which runs it: hand it the work through a queue, and call wakeUp()");
        }
    }

    /** From the next turn on the dispatcher is asked what it wants. */
    Registration add(Dispatcher dispatcher, Channel channel) {
        Registration added = new Registration(dispatcher, channel, selector);
        refuseTaken(channel, dispatchers.get(added.fd()));
        Dispatcher before = dispatchers.put(added.fd(), dispatcher);
        if (before != null) {
            Events.lost(before); // its number could be given out again, so it was closed behind its back
        }
        // Looked at last: whoever closes the loop either finds the dispatcher in the map, or was seen here. The thread
        // that
        // runs the loop goes through with its handler, and closes all of them after it.
        if (closed && runner != Thread.currentThread()) {
            dispatchers.remove(added.fd(), dispatcher);
            throw new ClosedSelectorException();
        }
        return added;
    }

    private static void refuseTaken(Channel channel, @Nullable Dispatcher other) {
        Registration current = other == null ? null : other.registration();
        if (current != null && current.channel().equals(channel)) {
            throw new IllegalArgumentException(
                    "the socket has a dispatcher already, close that: " + Dispatcher.describe(current.dispatcher()));
        }
    }

    void remove(Registration registration) {
        registration.end();
        dispatchers.remove(registration.fd(), registration.dispatcher());
        Thread owner = runner;
        if (owner != null && owner != Thread.currentThread()) {
            selector.wakeUp(); // nobody may be left to wait for
        }
    }

    /** Closes a socket whose handler has thrown, also where a dispatcher has taken it by then. */
    void drop(Socket socket, Throwable thrown) {
        Dispatcher taker = dispatchers.get(socket.fileno());
        try (socket) {
            if (taker != null && taker.has(socket)) {
                taker.abandon();
            }
        } catch (Throwable e) {
            Failures.suppress(e, thrown);
        }
    }

    private synchronized Closeable enter() {
        if (closed) {
            throw new ClosedSelectorException();
        }
        if (runner != null) {
            throw new IllegalStateException("the loop is being run already, by " + runner);
        }
        runner = Thread.currentThread();
        return this::leave;
    }

    private void leave() throws IOException {
        boolean last;
        synchronized (this) {
            runner = null;
            last = closed;
        }
        if (last) {
            dispose();
        }
    }

    private int turn(@Nullable Duration timeout) throws IOException {
        long restNanos = Long.MAX_VALUE;
        for (Dispatcher each : dispatchers.values()) {
            restNanos = Math.min(restNanos, Events.prepare(each));
        }
        return selector.select(restNanos == Long.MAX_VALUE ? timeout : shorter(timeout, restNanos), dispatch);
    }

    private void dispatch(SelectorKey key, int events) {
        if (!closed && key.attachment() instanceof Registration registration) {
            Events.deliver(registration, events);
        }
    }

    private static Duration shorter(@Nullable Duration timeout, long nanos) {
        Duration rest = Duration.ofNanos(nanos);
        return timeout == null || rest.compareTo(timeout) < 0 ? rest : timeout;
    }

    private static void refuseNegative(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout + "; null waits without end");
        }
    }

    private void dispose() throws IOException {
        try (selector) {
            closeEach();
        }
    }

    private void closeEach() throws IOException {
        Failures failures = new Failures();
        for (Dispatcher each : dispatchers.values()) {
            failures.of(each::abandon);
        }
        failures.rethrow();
    }
}
