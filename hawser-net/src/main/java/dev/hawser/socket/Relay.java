package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Readiness;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends on one stream socket what another receives, without bringing the bytes into this process where the kernel
 * can do without: splice(2), through a pipe. Where it cannot, the bytes are received and sent. Two of them, each on a
 * thread of its own, make a proxy.
 *
 * <p>At the end of the incoming stream {@link #copy} returns, and leaves both sockets as they are: it is the caller who
 * shuts the other one down for writing. While it copies, nobody else should receive from the one or send on the other: their
 * turns would fall between two parts of the stream.
 *
 * <h2>Threading</h2>
 * One {@code copy} at a time. Any thread may ask for the counts, and any may close the sockets: closing the one that is
 * being waited for ends the call, so to end it for sure, close both.
 *
 * <h2>Blocking and timeouts</h2>
 * Each wait for bytes to come has the timeout of the one socket, each wait for room the timeout of the other. Whatever
 * ends {@code copy}, no byte is lost: those that were received and not sent are kept, and a {@code copy} that is called
 * again begins with them. {@link #takePending} gives them to somebody else.
 *
 * <h2>Errors</h2>
 * {@link SocketError}s of the socket that failed. In the exception of a timeout or an interrupt, {@code bytesTransferred}
 * is the number of bytes that this call has sent.
 *
 * <h2>Platform notes</h2>
 * A call to {@code copy} takes two descriptors, for its pipe, and gives them back. Where none are left it does without.
 *
 * <p>Source: splice(2), pipe(7).
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="relay"}
 */
public final class Relay {

    private static final int SPLICE_FLAGS = Abi.value("SPLICE_F_MOVE") | Abi.value("SPLICE_F_NONBLOCK");
    private static final int PIPE_FLAGS = Abi.value("O_CLOEXEC") | Abi.value("O_NONBLOCK");

    /** What a pipe holds, of pages of 4 KiB; and what a critical call may move. */
    private static final int MAX_BYTES = 64 * 1024;

    private final SocketState from;
    private final SocketState to;
    private final SystemCalls calls;
    private final AtomicBoolean busy = new AtomicBoolean();

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    /** What had been sent when this call began. */
    private long sentBefore;

    /** The kernel will not splice these two. */
    private boolean refused;

    /** Received and not sent: from {@code begin} to {@code end}. */
    private byte @Nullable [] buffer;

    private int begin;
    private int end;

    /**
     * Prepares to copy; nothing moves yet.
     *
     * @param from the stream socket to receive from
     * @param to the stream socket to send on; it may be the same one
     * @throws IllegalArgumentException if one is no stream socket: the borders of its messages would be lost
     */
    public Relay(Socket from, Socket to) {
        this.from = requireStream(from.state());
        this.to = requireStream(to.state());
        this.calls = this.from.calls();
    }

    private static SocketState requireStream(SocketState socket) {
        if (!socket.kind().isStream()) {
            throw new IllegalArgumentException("a relay is for stream sockets, not for " + socket.transport());
        }
        return socket;
    }

    /**
     * Copies until the incoming stream ends.
     *
     * @return how many bytes this call has sent
     * @throws IllegalStateException if another thread is in this method
     * @throws IOException if one of the sockets failed, or its timeout passed
     */
    public long copy() throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread copies by this relay");
        }
        sentBefore = sent.get();
        int[] pipe = {-1, -1};
        try {
            sendPending();
            // Without a descriptor to spare it goes the long way.
            boolean spliced =
                    !refused && calls.pipe(MemorySegment.ofArray(pipe), PIPE_FLAGS) >= 0 && splice(pipe[0], pipe[1]);
            if (!spliced) {
                receiveAndSend();
            }
            return sent.get() - sentBefore;
        } finally {
            for (int end : pipe) {
                if (end >= 0) {
                    calls.close(end);
                }
            }
            busy.set(false);
        }
    }

    /**
     * How many bytes have been received.
     *
     * @return the number, over all calls
     */
    public long received() {
        return received.get();
    }

    /**
     * How many bytes have been sent.
     *
     * @return the number, over all calls
     */
    public long sent() {
        return sent.get();
    }

    /**
     * Takes the bytes that have been received and that the other socket did not take. They are the caller's from then on.
     *
     * @return the bytes; none where {@code copy} came to the end
     * @throws IllegalStateException if a thread is in {@code copy}
     */
    public byte[] takePending() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread copies by this relay");
        }
        byte[] pending = buffer == null ? new byte[0] : Arrays.copyOfRange(buffer, begin, end);
        begin = end;
        busy.set(false);
        return pending;
    }

    /** True at the end of the stream; false where the kernel will not do it. */
    private boolean splice(int pipeOut, int pipeIn) throws IOException {
        for (; ; ) {
            long came = perform(from, from.handle().descriptor().reading(), () -> spliceOrReceive(pipeIn));
            refused = isRefusal(came);
            if (came == 0 || refused) {
                return !refused;
            }
            received.addAndGet(check(from, "splice", came));
            if (begin < end) {
                sendPending();
                continue;
            }
            Emptying emptying = new Emptying(pipeOut, came);
            long result = perform(to, to.handle().descriptor().writing(), emptying);
            if (result < 0) {
                rescue(pipeOut, (int) emptying.left);
                refused = isRefusal(result);
                if (refused) {
                    sendPending();
                    return false;
                }
                check(to, "splice", result);
            }
        }
    }

    /**
     * Before an urgent byte splice(2) says that there is nothing, or the end: recv(2) passes it by. What that received is
     * in the buffer, as are the bytes behind it.
     */
    private long spliceOrReceive(int pipeIn) {
        long n = calls.splice(from.fd(), pipeIn, MAX_BYTES, SPLICE_FLAGS);
        boolean stopped = n == 0
                || (n == -Errno.EAGAIN && from.handle().descriptor().reading().mayHaveEnded());
        if (!stopped || !from.kind().isTcp()) {
            return n;
        }
        long got = calls.recv(from.fd(), buffer(MAX_BYTES), 0);
        end = (int) Math.max(got, 0);
        return got;
    }

    private static boolean isRefusal(long result) {
        return result == -Errno.EINVAL
                || result == -Errno.ENOSYS
                || result == -Errno.EOPNOTSUPP
                || result == -Errno.EPERM;
    }

    /** What lies in the pipe would be gone with it. */
    private void rescue(int pipeOut, int count) throws IOException {
        MemorySegment room = buffer(count);
        while (end < count) {
            long n = calls.read(pipeOut, room.asSlice(end, count - end));
            if (n <= 0 && n != -Errno.EINTR) {
                throw Errors.ofCall("relay", (count - end) + " bytes in a pipe", "read", n);
            }
            end += (int) Math.max(n, 0);
        }
    }

    private void receiveAndSend() throws IOException {
        MemorySegment room = buffer(MAX_BYTES);
        for (; ; ) {
            long came = perform(from, from.handle().descriptor().reading(), () -> calls.recv(from.fd(), room, 0));
            if (came == 0) {
                return;
            }
            received.addAndGet(check(from, "recv", came));
            begin = 0;
            end = (int) came;
            sendPending();
        }
    }

    private void sendPending() throws IOException {
        if (begin < end) {
            check(to, "send", perform(to, to.handle().descriptor().writing(), this::sendBuffer));
        }
    }

    private long sendBuffer() {
        while (begin < end) {
            MemorySegment part = MemorySegment.ofArray(buffer).asSlice(begin, end - begin);
            long n = to.handle().isClosed() ? Outcome.CLOSED : calls.send(to.fd(), part, Constants.MSG_NOSIGNAL);
            if (n < 0) {
                return n;
            }
            begin += (int) n;
            sent.addAndGet(n);
        }
        return 0;
    }

    private MemorySegment buffer(int bytes) {
        byte[] array = buffer;
        if (array == null || array.length < bytes) {
            array = new byte[bytes];
            buffer = array;
        }
        begin = 0;
        end = 0;
        return MemorySegment.ofArray(array);
    }

    private static long perform(SocketState socket, Readiness direction, Handle.Call call) {
        return socket.handle().perform(direction, Deadline.after(socket.timeoutNanos()), call);
    }

    private long check(SocketState socket, String systemCall, long result) throws IOException {
        if (result < 0) {
            Attempt attempt = new Attempt(socket, socket.handle(), "relay", systemCall);
            throw Errors.withTransferred(Errors.of(attempt, result, null), sent.get() - sentBefore);
        }
        return result;
    }

    /** Goes on from where it was when the socket's buffer was full. */
    private final class Emptying implements Handle.Call {

        private final int pipeOut;
        private long left;

        Emptying(int pipeOut, long left) {
            this.pipeOut = pipeOut;
            this.left = left;
        }

        @Override
        public long make() {
            while (left > 0) {
                long n = to.handle().isClosed() ? Outcome.CLOSED : calls.splice(pipeOut, to.fd(), left, SPLICE_FLAGS);
                if (n < 0) {
                    return n;
                }
                left -= n;
                sent.addAndGet(n);
            }
            return 0;
        }
    }
}
