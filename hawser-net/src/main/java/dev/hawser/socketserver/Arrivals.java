package dev.hawser.socketserver;

import dev.hawser.netpoll.Registrations;
import dev.hawser.select.Selector;
import dev.hawser.select.Selectors;
import dev.hawser.socket.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a server's socket has a request.
 *
 * <h2>Threading</h2>
 * One thread waits; any wakes it.
 */
final class Arrivals implements Closeable {

    /** Has an interrupt end the wait of a platform thread, which is in the kernel: the JDK tells its channels alone of one. */
    private static final class InterruptWatch extends AbstractInterruptibleChannel {

        private final Selector selector;

        InterruptWatch(Selector selector) {
            this.selector = selector;
        }

        int select(@Nullable Duration timeout) throws IOException {
            begin();
            try {
                return selector.select(timeout, IGNORE);
            } finally {
                endQuietly();
            }
        }

        /** The thread's status tells of the interrupt. */
        private void endQuietly() throws IOException {
            try {
                end(true);
            } catch (ClosedByInterruptException e) {
                // This object is of no use any more, and the thread will not wait.
            }
        }

        @Override
        protected void implCloseChannel() {
            selector.wakeUp();
        }
    }

    private static final Selector.Handler IGNORE = (key, events) -> {};

    private final Selector selector;
    private final int fd;

    /** Has a close of the socket, by whomever, end the wait: it leaves the selector, which goes on to wait for nothing. */
    private final Registrations.Watcher closeWatch;

    private InterruptWatch watch;

    private Arrivals(Selector selector, int fd) {
        this.selector = selector;
        this.fd = fd;
        this.closeWatch = closed -> selector.wakeUp();
        this.watch = new InterruptWatch(selector);
    }

    /** Null where the socket is closed. */
    static @Nullable Arrivals open(Socket socket) throws IOException {
        Selector selector = Selectors.open();
        try {
            Arrivals arrivals = register(selector, socket);
            if (arrivals == null) {
                selector.close();
            }
            return arrivals;
        } catch (IOException | RuntimeException | Error e) {
            selector.close();
            throw e;
        }
    }

    private static @Nullable Arrivals register(Selector selector, Socket socket) throws IOException {
        int fd = socket.fileno();
        if (fd < 0) {
            return null;
        }
        Arrivals arrivals = new Arrivals(selector, fd);
        Registrations.add(fd, arrivals.closeWatch);
        try {
            selector.register(socket, Selector.EVENT_READ);
            return arrivals;
        } catch (IOException | RuntimeException | Error e) {
            Registrations.remove(fd, arrivals.closeWatch);
            if (e instanceof IllegalArgumentException && socket.isClosed()) {
                return null;
            }
            throw e;
        }
    }

    /** True where there is a request; false when the time is up, after a wake-up, and after an interrupt. */
    boolean await(@Nullable Duration timeout) throws IOException {
        if (Thread.currentThread().isVirtual()) {
            return selector.select(timeout, IGNORE) > 0;
        }
        if (!watch.isOpen()) {
            watch = new InterruptWatch(selector);
        }
        return watch.select(timeout) > 0;
    }

    void wakeUp() {
        selector.wakeUp();
    }

    @Override
    public void close() throws IOException {
        Registrations.remove(fd, closeWatch);
        selector.close();
    }
}
