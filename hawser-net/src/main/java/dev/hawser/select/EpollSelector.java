package dev.hawser.select;

import static dev.hawser.select.SelectConstants.EPOLLERR;
import static dev.hawser.select.SelectConstants.EPOLLHUP;
import static dev.hawser.select.SelectConstants.EPOLLIN;
import static dev.hawser.select.SelectConstants.EPOLLOUT;
import static dev.hawser.select.SelectConstants.EPOLLPRI;

import dev.hawser.posix.Errno;
import dev.hawser.socket.HasFileno;
import java.io.IOException;

/**
 * A selector over {@link Epoll}: a turn costs what is ready, whatever is registered. It is what {@link Selectors#open} gives.
 *
 * <h2>Blocking and timeouts</h2>
 * As of every {@link Selector}. A select that has to wait is one epoll_wait(2) on a platform thread, for whole milliseconds; what is
 * less than one is waited for in ppoll(2), which counts nanoseconds. A select tells of 1,024 at most; the others have their turn
 * in the next one.
 *
 * <h2>Platform notes</h2>
 * Linux alone. It does not take regular files and directories: EPERM. Its descriptor, {@link #fileno}, is ready for reading when
 * something registered is, so that it can be registered with another selector. It has that one and an eventfd(2) open.
 *
 * <p>Source: epoll(7).
 */
public final class EpollSelector extends AbstractSelector implements HasFileno {

    private static final EventBits BITS = new EventBits(EPOLLIN, EPOLLOUT, EPOLLPRI, EPOLLERR | EPOLLHUP);

    private static final int FIRST_EVENTS = 256;
    private static final int MOST_EVENTS = 1024;

    /** The data of the alarm's events: no registration has them. */
    private static final long ALARM = -1;

    private final Epoll epoll;
    private EpollEvents events;

    private EpollSelector(Epoll epoll, Alarm alarm) {
        super("epoll", alarm, new KeyTable(), new Members(epoll));
        this.epoll = epoll;
        this.events = new EpollEvents(epoll, FIRST_EVENTS);
    }

    /**
     * Opens a selector.
     *
     * @return the selector, to be closed
     * @throws IOException if the kernel refuses, as where the process has no descriptor left
     */
    public static EpollSelector open() throws IOException {
        Epoll epoll = new Epoll();
        try {
            return open(epoll);
        } catch (IOException | RuntimeException | Error e) {
            epoll.close();
            throw e;
        }
    }

    private static EpollSelector open(Epoll epoll) throws IOException {
        Alarm alarm = new Alarm(epoll.calls());
        int added = epoll.control(Epoll.ADD, alarm.fd(), EPOLLIN, ALARM);
        if (added < 0) {
            alarm.close();
            throw SelectErrors.of("open", "epoll", "epoll_ctl", added);
        }
        return new EpollSelector(epoll, alarm);
    }

    /**
     * The number of the epoll descriptor.
     *
     * @return the number, or -1 where the selector is closed
     */
    @Override
    public int fileno() {
        return epoll.fileno();
    }

    @Override
    int collect(long deadline) {
        return epoll.await(events, deadline);
    }

    @Override
    int handOver(int collected, Handler handler) {
        EpollEvents all = events;
        int told = 0;
        for (int i = 0; i < collected; i++) {
            long data = all.data(i);
            Registration registration = data == ALARM ? null : table().get((int) data);
            if (registration != null && registration.generation() == (int) (data >> Integer.SIZE)) {
                told += tell(handler, registration, BITS.told(all.events(i)));
            }
        }
        if (collected == all.capacity() && collected < MOST_EVENTS) {
            events = new EpollEvents(epoll, 2 * collected);
        }
        return told;
    }

    /** The registrations of an epoll set, each with its generation. */
    private record Members(Epoll epoll) implements Watches {

        @Override
        public int watch(Registration registration, int wanted) {
            int added = control(Epoll.ADD, registration, wanted);
            // Left behind by somebody who closed the number without us, and brought it back from a duplicate: take it
            // over.
            return added == -Errno.EEXIST ? rewatch(registration, wanted) : added;
        }

        @Override
        public int rewatch(Registration registration, int wanted) {
            return control(Epoll.MOD, registration, wanted);
        }

        @Override
        public void unwatch(Registration registration) {
            // It fails where somebody has closed the number without us: then the kernel has ended it.
            control(Epoll.DEL, registration, 0);
        }

        private int control(int operation, Registration registration, int wanted) {
            long data = ((long) registration.generation() << Integer.SIZE) | registration.fd();
            return epoll.control(operation, registration.fd(), BITS.wanted(wanted), data);
        }

        /** epoll_wait(2) does not hold on to what is registered. */
        @Override
        public void awaitUnused() {}

        @Override
        public void close() {
            epoll.close();
        }
    }
}
