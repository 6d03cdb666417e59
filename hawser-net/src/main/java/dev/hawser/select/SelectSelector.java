package dev.hawser.select;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;

/**
 * A selector over select(2): a turn costs as much as the highest number that is registered, beyond FD_SETSIZE too. For where there is
 * nothing else, and to compare.
 *
 * <h2>Blocking and timeouts</h2>
 * As of {@link PollSelector}.
 *
 * <h2>Errors</h2>
 * As of every {@link Selector}. A number that somebody closed while it is registered by it alone, {@link Fd}, makes every select
 * fail with EBADF until it is unregistered.
 *
 * <h2>Platform notes</h2>
 * It has an eventfd(2) open. select(2) tells nothing of an error or a hang-up to who waits for {@link #EVENT_PRIORITY} alone.
 *
 * <p>Source: select(2).
 */
public final class SelectSelector extends AbstractSelector {

    private final FdSets sets;
    private final Roster roster;
    private final Runnable refill = this::refill;

    /** What the sets have, without the alarm; in ascending order. */
    private int[] numbers = {};

    private SelectSelector(SystemCalls calls, Alarm alarm, Roster roster) {
        super("select", alarm, roster.table(), roster);
        this.sets = new FdSets(calls);
        this.roster = roster;
    }

    /**
     * Opens a selector.
     *
     * @return the selector, to be closed
     * @throws IOException if the kernel refuses, as where the process has no descriptor left
     */
    public static SelectSelector open() throws IOException {
        SystemCalls calls = SystemCalls.installed();
        Alarm alarm = new Alarm(calls);
        return new SelectSelector(calls, alarm, new Roster(calls, new KeyTable(), alarm));
    }

    @Override
    int collect(long deadline) {
        return roster.use(refill, () -> sets.await(deadline));
    }

    private void refill() {
        for (int fd : numbers) {
            sets.set(fd, 0);
        }
        numbers = roster.listed().stream().mapToInt(Registration::fd).toArray();
        sets.set(alarm().fd(), EVENT_READ);
        for (Registration registration : roster.listed()) {
            sets.set(registration.fd(), registration.wanted());
        }
    }

    @Override
    int handOver(int collected, Handler handler) {
        int told = 0;
        if (collected > 0) {
            for (Registration registration : roster.listed()) {
                int events = sets.ready(registration.fd());
                told += events == 0 ? 0 : tell(handler, registration, events);
            }
        }
        return told;
    }
}
