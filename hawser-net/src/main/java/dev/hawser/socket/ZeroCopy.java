package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Abi;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends from the caller's own memory without a copy, MSG_ZEROCOPY, and tells when that memory may be written or freed: not
 * when {@link #send} returns, but when its number is completed.
 *
 * <h2>Threading</h2>
 * Safe from any thread. Who waits for completions holds up neither those who send nor those who receive.
 *
 * <h2>Blocking and timeouts</h2>
 * The socket's timeout holds for {@link #send}; the waits for completions have their own: null, as long as it takes; zero,
 * not at all.
 *
 * <h2>Errors</h2>
 * Those of {@link Socket}. ENOBUFS where more is under way than the kernel keeps books of (net.core.optmem_max): wait for
 * completions, and send again.
 *
 * <h2>Platform notes</h2>
 * It pays for buffers of 10 KiB and more, to another machine: over the loopback the kernel copies after all, and says so.
 * Memory of an automatic arena, and of a direct buffer, is kept for as long as this object is. Make one for a socket, before anything is sent with MSG_ZEROCOPY: the kernel counts from the first such send. The error
 * queue of the socket is this object's then: other messages in it, such as those of IP_RECVERR, are dropped.
 *
 * <p>Source: Documentation/networking/msg_zerocopy.rst of Linux, ip(7).
 *
 * {@snippet file="dev/hawser/socket/MessageSnippetsTest.java" region="zerocopy"}
 */
public final class ZeroCopy {

    private static final int ORIGIN = Abi.value("SO_EE_ORIGIN_ZEROCOPY");
    private static final int COPIED = Abi.value("SO_EE_CODE_ZEROCOPY_COPIED");

    /** An error, the offender's address, and a time stamp. */
    private static final int CONTROL_BYTES = 256;

    private final SocketState socket;
    private final Handle handle;
    private final Transfers transfers;

    /** The sends whose memory the kernel may still read. The collector must not free it: perhaps nobody else knows it. */
    private final Map<Long, MemorySegment> pending = new ConcurrentHashMap<>();

    /** Written by whoever is in the writing direction. */
    private volatile long next;

    /**
     * What one send did.
     *
     * @param number what {@link Completion} and {@link ZeroCopy#isComplete} know it by, from 0
     * @param count how many bytes the kernel took, from the beginning of the buffer
     */
    public record Sent(long number, int count) {}

    /**
     * Sends whose memory is the caller's again: all from the first to the last number.
     *
     * @param first the first number
     * @param last the last number
     * @param copied whether the kernel has copied after all, so that MSG_ZEROCOPY cost more than it saved
     */
    public record Completion(long first, long last, boolean copied) {}

    /**
     * Sets SO_ZEROCOPY.
     *
     * @param socket a TCP or UDP socket, with which nothing was sent by MSG_ZEROCOPY yet
     * @throws IllegalArgumentException if it is no socket of the Internet, whose errors alone tell of completions here
     * @throws IOException if the kernel refuses: EOPNOTSUPP, or ENOTSUPP (524), where the protocol cannot do it
     */
    public ZeroCopy(Socket socket) throws IOException {
        if (!socket.state().kind().isInternet()) {
            throw new IllegalArgumentException("MSG_ZEROCOPY is for TCP and UDP sockets, not for "
                    + socket.state().transport());
        }
        socket.setSockOpt(Constants.SOL_SOCKET, Constants.SO_ZEROCOPY, 1);
        this.socket = socket.state();
        this.handle = this.socket.handle();
        this.transfers = new Transfers(this.socket, handle);
    }

    /**
     * Sends from native memory, which must not be changed until the send is complete, nor its arena be closed.
     *
     * @param buffer what to send, native and not empty
     * @param flags MSG_* bits beside MSG_ZEROCOPY
     * @return the number of the send, and how many bytes the kernel took
     * @throws IllegalArgumentException if the buffer lies on the heap, where it does not stay in its place
     * @throws IOException if the call failed; then nothing of the buffer is in use
     */
    public Sent send(MemorySegment buffer, int flags) throws IOException {
        if (!buffer.isNative() || buffer.byteSize() == 0) {
            throw new IllegalArgumentException("native memory that is not empty is needed, not " + buffer);
        }
        MemorySegment part = Buffers.readable(buffer);
        int all = flags | Constants.MSG_ZEROCOPY | Constants.MSG_NOSIGNAL;
        long timeout = transfers.timeout(flags);
        long[] number = {0};
        long n = handle.perform(handle.descriptor().writing(), Deadline.after(timeout), () -> {
            number[0] = next;
            return sendOnce(part, all);
        });
        return new Sent(number[0], transfers.checked("send", "send", n, timeout, null));
    }

    /** The number is pending before the call, as its completion may be read before the call returns. */
    private long sendOnce(MemorySegment part, int flags) {
        long number = next;
        pending.put(number, part);
        long n = socket.calls().send(socket.fd(), part, flags);
        if (n > 0) {
            next = number + 1;
        } else {
            pending.remove(number);
        }
        return n;
    }

    /**
     * Whether the memory of a send is the caller's again, as far as completions were received.
     *
     * @param number the number of a send
     * @return true where its completion has come
     */
    public boolean isComplete(long number) {
        return number < next && !pending.containsKey(number);
    }

    /**
     * How many sends are not complete, as far as completions were received.
     *
     * @return the number
     */
    public int pending() {
        return pending.size();
    }

    /**
     * Waits for the next completion. They come in order mostly, and one may stand for many sends.
     *
     * @param timeout null: as long as it takes; zero: not at all; else until it has passed
     * @return the sends whose memory is free
     * @throws WouldBlockException if the timeout is zero, and none is there
     * @throws TimedOutException if the timeout has passed
     * @throws IOException if the socket is closed
     */
    public Completion awaitNext(@Nullable Duration timeout) throws IOException {
        long nanos = Timeouts.nanos(timeout);
        return next(Deadline.after(nanos), nanos);
    }

    /**
     * Waits until a send is complete.
     *
     * @param number the number of the send
     * @param timeout null: as long as it takes; zero: not at all; else until it has passed
     * @throws WouldBlockException if the timeout is zero, and it is not complete
     * @throws TimedOutException if the timeout has passed
     * @throws IOException if the socket is closed
     */
    public void await(long number, @Nullable Duration timeout) throws IOException {
        if (number < 0 || number >= next) {
            throw new IllegalArgumentException("no send has the number " + number + ", they are 0.." + (next - 1));
        }
        long nanos = Timeouts.nanos(timeout);
        long deadline = Deadline.after(nanos);
        while (!isComplete(number)) {
            next(deadline, nanos);
        }
    }

    private Completion next(long deadline, long timeoutNanos) throws IOException {
        Messages messages = new Messages(socket, handle, transfers);
        for (; ; ) {
            ReceivedMessageInto message = messages.receiveError(CONTROL_BYTES, deadline, timeoutNanos);
            ControlMessage.ExtendedError error =
                    message.find(ControlMessage.ExtendedError.class).orElse(null);
            if (error != null && error.cause().origin() == ORIGIN) {
                return complete(error);
            }
        }
    }

    private Completion complete(ControlMessage.ExtendedError error) {
        long first = widened(error.info());
        long last = widened(error.extra());
        for (long number = first; number <= last; number++) {
            pending.remove(number);
        }
        return new Completion(first, last, (error.cause().icmpCode() & COPIED) != 0);
    }

    /** The kernel counts with 32 bits, and begins again. */
    private long widened(int low) {
        long now = next;
        return now - ((now - low) & 0xffff_ffffL);
    }
}
