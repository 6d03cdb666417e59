package dev.hawser.reactor;

import dev.hawser.socket.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one socket that the kernel had no room for, up to a bound. Each peer gets its own in their order.
 *
 * <h2>Threading</h2>
 * For the loop's thread.
 */
final class DatagramQueue {

    /** What became of a datagram. */
    enum Sending {
        /** The kernel has it. */
        DONE,
        /** It waits until the kernel says that there is room. */
        WHEN_WRITABLE,
        /** It waits for what the kernel does not tell of: the room of a peer, or of a device. */
        LATER
    }

    /** Sends. */
    @FunctionalInterface
    interface Sender {
        Sending send(ByteBuffer data, @Nullable Sockaddr address) throws IOException;
    }

    private record Kept(ByteBuffer data, @Nullable Sockaddr address) {}

    private final ArrayDeque<Kept> queue = new ArrayDeque<>();
    private final int most;
    private long dropped;

    DatagramQueue(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    long dropped() {
        return dropped;
    }

    boolean hasAnyFor(@Nullable Sockaddr address) {
        for (Kept kept : queue) {
            if (address == null ? kept.address() == null : address.equals(kept.address())) {
                return true;
            }
        }
        return false;
    }

    /** Keeps a copy, or drops the datagram where there are too many. */
    void add(ByteBuffer data, @Nullable Sockaddr address) {
        if (queue.size() >= most) {
            dropped++;
            data.position(data.limit());
            return;
        }
        ByteBuffer copy = ByteBuffer.allocate(data.remaining());
        queue.add(new Kept(copy.put(data).flip(), address));
    }

    void drop() {
        dropped++;
    }

    void clear() {
        dropped += queue.size();
        queue.clear();
    }

    /**
     * Sends what goes now. A peer that has no room does not hold up the others.
     *
     * @param refused is told of each datagram that the kernel refuses, to whom it was, and why; it is dropped then
     * @return what is to be waited for; {@link Sending#DONE} where nothing is left
     */
    Sending sendAll(Sender sender, BiConsumer<@Nullable Sockaddr, IOException> refused) {
        Set<@Nullable Sockaddr> full = new HashSet<>();
        Iterator<Kept> rest = queue.iterator();
        while (rest.hasNext()) {
            Kept next = rest.next();
            if (full.contains(next.address())) {
                continue;
            }
            switch (sendOne(next, sender, refused)) {
                case DONE -> rest.remove();
                case LATER -> full.add(next.address());
                case WHEN_WRITABLE -> {
                    return Sending.WHEN_WRITABLE;
                }
            }
        }
        return queue.isEmpty() ? Sending.DONE : Sending.LATER;
    }

    private Sending sendOne(Kept next, Sender sender, BiConsumer<@Nullable Sockaddr, IOException> refused) {
        try {
            return sender.send(next.data(), next.address());
        } catch (IOException e) {
            dropped++;
            refused.accept(next.address(), e);
            return Sending.DONE;
        }
    }
}
