package dev.hawser.select;

import static dev.hawser.select.SelectConstants.POLLERR;
import static dev.hawser.select.SelectConstants.POLLHUP;
import static dev.hawser.select.SelectConstants.POLLIN;
import static dev.hawser.select.SelectConstants.POLLNVAL;
import static dev.hawser.select.SelectConstants.POLLOUT;
import static dev.hawser.select.SelectConstants.POLLPRI;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.util.List;

/**
 * A selector over poll(2): a turn costs what is registered. For where there is no epoll(7), and for regular files, which are always
 * ready.
 *
 * <h2>Blocking and timeouts</h2>
 * As of every {@link Selector}. Whoever unregisters or closes what is registered waits until the thread that selects has left the
 * kernel, which it does at once: poll(2) holds on to what it waits for.
 *
 * <h2>Platform notes</h2>
 * It has an eventfd(2) open.
 *
 * <p>Source: poll(2).
 */
public final class PollSelector extends AbstractSelector {

    private static final EventBits BITS = new EventBits(POLLIN, POLLOUT, POLLPRI, POLLERR | POLLHUP | POLLNVAL);

    private final PollFds fds;
    private final Roster roster;
    private final Runnable refill = this::refill;

    private PollSelector(SystemCalls calls, Alarm alarm, Roster roster) {
        super("poll", alarm, roster.table(), roster);
        this.fds = new PollFds(calls);
        this.roster = roster;
    }

    /**
     * Opens a selector.
     *
     * @return the selector, to be closed
     * @throws IOException if the kernel refuses, as where the process has no descriptor left
     */
    public static PollSelector open() throws IOException {
        SystemCalls calls = SystemCalls.installed();
        Alarm alarm = new Alarm(calls);
        return new PollSelector(calls, alarm, new Roster(calls, new KeyTable(), alarm));
    }

    @Override
    int collect(long deadline) {
        return roster.use(refill, () -> fds.await(deadline));
    }

    private void refill() {
        fds.clear();
        fds.add(alarm().fd(), POLLIN);
        for (Registration registration : roster.listed()) {
            fds.add(registration.fd(), BITS.wanted(registration.wanted()));
        }
    }

    @Override
    int handOver(int collected, Handler handler) {
        List<Registration> listed = roster.listed();
        int left = fds.ready(0) == 0 ? collected : collected - 1;
        int told = 0;
        for (int i = 0; left > 0; i++) {
            int bits = fds.ready(i + 1);
            if (bits != 0) {
                left--;
                told += tell(handler, listed.get(i), BITS.told(bits));
            }
        }
        return told;
    }
}
