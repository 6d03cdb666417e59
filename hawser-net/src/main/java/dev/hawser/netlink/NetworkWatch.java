package dev.hawser.netlink;

import dev.hawser.socket.TimedOutException;
import dev.hawser.socket.WouldBlockException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches the network interfaces of this machine, their addresses and routes change, as {@code ip monitor} does.
 *
 * <p>It tells of all that happened since {@link #open} returned. So a program that wants to know what there is, too,
 * opens the watch first and lists then, with {@link Network}: an event may repeat what the list had, but none is missed.
 *
 * <h2>Threading</h2>
 * Safe from any thread; each event goes to one. {@link #close} wakes whoever waits.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #next()} waits as long as it takes; {@link #next(Duration)} until the time has passed, and with zero does not
 * wait at all. A thread that waits parks, and can be interrupted. The kernel keeps what nobody takes, about 200 KB of it,
 * and then begins to drop: that is an event as well, {@link NetworkEvent.EventsLost}.
 *
 * <h2>Errors</h2>
 * {@link dev.hawser.socket.SocketClosedException} once it is closed, also for those who wait;
 * {@link InterruptedIOException} for an interrupt; {@link MalformedNetlinkException} for what is no message, after which
 * the watch goes on; what else was in the datagram is lost.
 *
 * <h2>Platform notes</h2>
 * What is watched is the network namespace that the process was in at {@link #open}. No privilege is needed.
 *
 * <p>Source: rtnetlink(7), netlink(7).
 *
 * {@snippet file="dev/hawser/netlink/NetlinkSnippetsTest.java" region="watch"}
 */
public final class NetworkWatch implements Closeable {

    private final NetlinkSocket netlink;
    private final boolean watchesLinks;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final EventDecoder decoder = new EventDecoder();
    private final Queue<NetworkEvent> pending = new ArrayDeque<>();

    private boolean knowsLinks;

    private NetworkWatch(NetlinkSocket netlink, boolean watchesLinks) {
        this.netlink = netlink;
        this.watchesLinks = watchesLinks;
        this.knowsLinks = !watchesLinks;
    }

    /**
     * Begins to watch.
     *
     * @param topics what to tell of, at least one
     * @return the watch; close it
     * @throws IllegalArgumentException if there is no topic
     * @throws IOException if the kernel refuses
     */
    public static NetworkWatch open(WatchTopic... topics) throws IOException {
        List<WatchTopic> wanted = List.of(topics);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("what is to be watched? Name topics, such as WatchTopic.LINKS");
        }
        int groups = wanted.stream().mapToInt(WatchTopic::groups).reduce(0, (all, some) -> all | some);
        NetlinkSocket netlink = NetlinkSocket.open(NetlinkSocket.ROUTE, groups);
        NetworkWatch watch = new NetworkWatch(netlink, wanted.contains(WatchTopic.LINKS));
        try {
            watch.learnLinks();
            return watch;
        } catch (IOException | RuntimeException e) {
            netlink.close();
            throw e;
        }
    }

    private void learnLinks() throws IOException {
        if (!knowsLinks) {
            decoder.know(Network.links());
            knowsLinks = true;
        }
    }

    /**
     * Waits for the next event.
     *
     * @return the event
     * @throws IOException if the watch is closed, the thread is interrupted, or a message is malformed
     */
    public NetworkEvent next() throws IOException {
        return Objects.requireNonNull(within(null), "without a deadline there is an event");
    }

    /**
     * Waits for the next event for some time.
     *
     * @param timeout how long; zero: not at all
     * @return the event, or null where there was none in that time
     * @throws IllegalArgumentException if the timeout is negative
     * @throws IOException if the watch is closed, the thread is interrupted, or a message is malformed
     */
    public @Nullable NetworkEvent next(Duration timeout) throws IOException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout);
        }
        return within(timeout);
    }

    private @Nullable NetworkEvent within(@Nullable Duration timeout) throws IOException {
        long start = System.nanoTime();
        long nanos = timeout == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
        if (!takeTurn(nanos)) {
            return null;
        }
        try {
            if (netlink.isClosed()) {
                pending.clear(); // so that the socket tells
            }
            while (pending.isEmpty()) {
                long left = Math.max(0, nanos - (System.nanoTime() - start));
                learnLinks();
                netlink.setTimeout(timeout == null ? null : Duration.ofNanos(left));
                if (!receive()) {
                    return null;
                }
            }
            return pending.remove();
        } finally {
            lock.unlock();
        }
    }

    private boolean takeTurn(long nanos) throws InterruptedIOException {
        try {
            return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread waited for events");
        }
    }

    /** Takes the events of one datagram, if it has any; false where none came in time. */
    private boolean receive() throws IOException {
        try {
            for (NetlinkMessage message : netlink.receive()) {
                NetworkEvent event = decoder.decode(message);
                if (event != null) {
                    pending.add(event);
                }
            }
            return true;
        } catch (TimedOutException | WouldBlockException e) {
            return false;
        } catch (NetlinkSocket.Lost lost) {
            pending.add(new NetworkEvent.EventsLost(String.valueOf(lost.getMessage())));
            knowsLinks = !watchesLinks;
            learnLinks();
            return true;
        }
    }

    /** Ends the watch, and all waits for its events. Closing twice is fine. */
    @Override
    public void close() throws IOException {
        netlink.close();
    }
}
