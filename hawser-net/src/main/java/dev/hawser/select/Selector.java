package dev.hawser.select;

import dev.hawser.socket.HasFileno;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits for many descriptors at a time, and tells which of them are ready: the portable form of readiness. Level-triggered:
 * what is not dealt with is told again.
 *
 * <p>One thread selects; what it gets are the {@link SelectorKey}s that were registered. An error and a hang-up of the peer
 * make a descriptor ready for reading and for writing, so that the next call finds out what has happened; of these, those are
 * told that the key waits for.
 *
 * <h2>Threading</h2>
 * Safe from any thread: a change, {@link #wakeUp} and {@link #close} take effect on a select that waits in another thread.
 * One thread at a time selects; a second one waits for its turn.
 *
 * <p>A socket that is closed while it is registered leaves the selector by itself: its key is gone from {@link #getMap},
 * and no event of the next socket with the same number is told as its. For a number alone, {@link Fd}, that is the caller's
 * to see to: unregister it before it is closed.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is null for none; zero does not wait; a negative one is refused. It is exact: a short one is never rounded down to
 * a busy loop. A virtual thread gives up its carrier while it waits. An interrupt ends the wait of a virtual thread with a {@link
 * dev.hawser.socket.SocketInterruptedException}, its status still set; a platform thread waits in the kernel, which an interrupt
 * does not reach, and sees it before it begins to wait: wake it up with {@link #wakeUp}.
 *
 * <h2>Errors</h2>
 * After {@link #close}, and in a select that it ends, {@link java.nio.channels.ClosedSelectorException}. An {@link IOException}
 * tells what the kernel said, as for a regular file, which epoll(7) does not take.
 *
 * <p>Source: Python's {@code selectors}.
 */
public interface Selector extends Closeable {

    /** A read, or an accept, would not wait. */
    int EVENT_READ = 1;

    /** A write would not wait, or a connect has ended. */
    int EVENT_WRITE = 2;

    /** There is urgent data: the exceptional condition of select(2), POLLPRI, the out-of-band byte of TCP. */
    int EVENT_PRIORITY = 4;

    /** Takes one event of a {@link #select(Duration, Handler)}. */
    @FunctionalInterface
    interface Handler {

        /**
         * Takes one event.
         *
         * @param key the registration
         * @param events what it is ready for, of the events that it waits for
         */
        void ready(SelectorKey key, int events);
    }

    /**
     * Begins to wait for a descriptor.
     *
     * @param file what has the descriptor
     * @param events {@link #EVENT_READ}, {@link #EVENT_WRITE} and {@link #EVENT_PRIORITY}, joined by |; at least one
     * @param attachment anything, for the caller; or null
     * @return the registration
     * @throws IllegalArgumentException if it is registered, by this object or by its number; if it is closed; if there is no
     *     event, or an unknown one
     * @throws IOException if the kernel refuses: nothing is registered then
     */
    SelectorKey register(HasFileno file, int events, @Nullable Object attachment) throws IOException;

    /**
     * Begins to wait for a descriptor, without an attachment.
     *
     * @param file what has the descriptor
     * @param events as in {@link #register(HasFileno, int, Object)}
     * @return the registration
     * @throws IOException if the kernel refuses: nothing is registered then
     */
    default SelectorKey register(HasFileno file, int events) throws IOException {
        return register(file, events, null);
    }

    /**
     * Changes what is waited for, and the attachment.
     *
     * @param file what was registered
     * @param events as in {@link #register(HasFileno, int, Object)}
     * @param attachment the new attachment, or null
     * @return the new registration
     * @throws IllegalArgumentException if it is not registered, or for the events as in {@link #register(HasFileno, int, Object)}
     * @throws IOException if the kernel refuses: nothing is registered any more then
     */
    SelectorKey modify(HasFileno file, int events, @Nullable Object attachment) throws IOException;

    /**
     * Ends the wait for a descriptor. It may be closed by now.
     *
     * @param file what was registered
     * @return the registration that has ended
     * @throws IllegalArgumentException if it is not registered
     */
    SelectorKey unregister(HasFileno file);

    /**
     * Waits until a descriptor is ready, {@link #wakeUp} is called, or the time is up, and hands over what is ready. What the handler
     * throws ends the call; what it was not handed is told by the next one.
     *
     * @param timeout how long to wait; zero not at all, null without end
     * @param handler called in this thread, once for each registration that is ready; it may change registrations
     * @return how many were ready, 0 after a wake-up or when the time was up
     * @throws IOException if the wait fails
     */
    int select(@Nullable Duration timeout, Handler handler) throws IOException;

    /**
     * Waits until a descriptor is ready, {@link #wakeUp} is called, or the time is up.
     *
     * @param timeout how long to wait; zero not at all, null without end
     * @return what is ready; nothing after a wake-up or when the time was up
     * @throws IOException if the wait fails
     */
    default List<ReadyKey> select(@Nullable Duration timeout) throws IOException {
        List<ReadyKey> ready = new ArrayList<>();
        select(timeout, (key, events) -> ready.add(new ReadyKey(key, events)));
        return ready;
    }

    /**
     * The registration of a descriptor.
     *
     * @param file what was registered
     * @return its registration
     * @throws IllegalArgumentException if it is not registered
     */
    SelectorKey getKey(HasFileno file);

    /**
     * All registrations.
     *
     * @return a view, read-only, that changes with them; safe to walk through while they change
     */
    Map<HasFileno, SelectorKey> getMap();

    /**
     * Ends the wait of the select that is waiting, or else of the next one that would. Many calls before it are as one.
     */
    void wakeUp();

    /** Ends all registrations, and a select that waits. What was registered stays open. Closing twice does nothing. */
    @Override
    void close() throws IOException;
}
