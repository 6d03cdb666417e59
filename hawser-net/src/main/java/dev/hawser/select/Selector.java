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
 * told that the key waits for. A key that waits for {@link #EVENT_PRIORITY} alone is told of them by that.
 *
 * <p>Ready means that a call would not wait at that moment. It may have to when it is made, so give the sockets a timeout of zero,
 * as the echo server below does.
 *
 * <p>A TLS connection may hold decrypted bytes that its descriptor does not show: ask
 * {@link dev.hawser.tls.TlsSocket#pending} before each select.
 *
 * <h2>Threading</h2>
 * Safe from any thread: a change, {@link #wakeUp} and {@link #close} take effect on a select that waits in another thread.
 * One thread at a time selects; a second one waits for its turn. A handler may call everything but select.
 * {@link HasFileno#fileno} of what is registered is called under a lock of the selector: it must not wait for another.
 *
 * <p>A socket that is closed, or detached, while it is registered leaves the selector by itself, whichever thread closes it: its key
 * is gone from {@link #getMap}, nothing that was collected for it is told, and no event of the next socket with the same number is
 * told as its. Whoever unregisters it after that is not told off. A number alone, {@link Fd}, cannot know: when Hawser closes
 * the socket behind it, it tells nothing more, and stays until it is unregistered, or another socket with the number is registered.
 * A number that is not Hawser's is the caller's to see to: unregister it before it is closed.
 *
 * <h2>Blocking and timeouts</h2>
 * A timeout is null for none; zero does not wait; a negative one is refused. It is exact: a short one is never rounded down to
 * a busy loop. A virtual thread gives up its carrier while it waits. An interrupt ends the wait of a virtual thread with a {@link
 * dev.hawser.socket.SocketInterruptedException}, its status still set; a platform thread waits in the kernel, which an interrupt
 * does not reach, and sees it before it begins to wait: wake it up with {@link #wakeUp}. What is ready is told to an interrupted
 * thread, too. Of the threads that wait for their turn, an interrupt ends the wait of either kind.
 *
 * <h2>Errors</h2>
 * After {@link #close}, and in a select that it ends, {@link java.nio.channels.ClosedSelectorException}; the map is empty then.
 * An {@link IOException} that is a {@link dev.hawser.socket.SocketError} tells what the kernel said: EPERM for a regular file, which
 * epoll(7) does not take; EBADF for a number that is not open.
 *
 * <h2>Platform notes</h2>
 * {@link Selectors#open} gives the best that the kernel has; {@link EpollSelector}, {@link PollSelector} and {@link SelectSelector}
 * differ in what a turn costs, and in what they say of files. A selector that is lost without close is reported, as a lost socket is,
 * and so are the sockets that nobody but it has.
 *
 * <p>Source: Python's {@code selectors}; epoll(7), poll(2), select(2).
 *
 * {@snippet file="dev/hawser/select/SelectorSnippetsTest.java" region="echo"}
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
     * @return the registration that has ended; of one that had left by itself, because it was closed, without its attachment
     * @throws IllegalArgumentException if it is not registered, and has not left by itself since it was
     */
    SelectorKey unregister(HasFileno file);

    /**
     * Waits until a descriptor is ready, {@link #wakeUp} is called, or the time is up, and hands over what is ready. What the handler
     * throws ends the call; what it was not handed is told by the next one.
     *
     * @param timeout how long to wait; zero not at all, null without end
     * @param handler called in this thread, once for each registration that is ready; it may change registrations
     * @return how many were ready, 0 after a wake-up or when the time was up
     * @throws IllegalArgumentException if the timeout is negative
     * @throws IllegalStateException if a handler of this selector calls it
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
     * Ends the wait of the select that is waiting, or else of the next one that would. Many calls before it are as one. A select
     * that finds something ready leaves it to a later one. After {@link #close} it does nothing.
     *
     * {@snippet file="dev/hawser/select/SelectorSnippetsTest.java" region="wakeup"}
     */
    void wakeUp();

    /**
     * Ends all registrations, and a select that waits. What was registered stays open. A handler may call it; nothing more is told
     * then, and its select returns. Closing twice does nothing.
     */
    @Override
    void close() throws IOException;
}
