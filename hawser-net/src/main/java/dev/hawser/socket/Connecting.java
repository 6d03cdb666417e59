package dev.hawser.socket;

import static dev.hawser.posix.Errno.EAGAIN;
import static dev.hawser.posix.Errno.EALREADY;
import static dev.hawser.posix.Errno.EINPROGRESS;
import static dev.hawser.posix.Errno.EINTR;
import static dev.hawser.posix.Errno.EISCONN;
import static dev.hawser.posix.Errno.ENOTCONN;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Descriptor;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code connect(2)} with a deadline. On a stream the kernel goes on by itself after the call: the thread waits until
 * the socket is writable, and then asks how it went.
 */
final class Connecting implements Handle.Call {

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;

    private final Socket socket;
    private final Handle handle;
    private final SystemCalls calls;
    private final int fd;
    private final MemorySegment address;
    private final long deadline;

    Connecting(Socket socket, Handle handle, Sockaddr address) {
        this.socket = socket;
        this.handle = handle;
        this.calls = socket.calls();
        this.fd = handle.descriptor().fd();
        this.address = SockaddrCodec.encode(address);
        this.deadline = Deadline.after(socket.timeoutNanos());
    }

    /** 0, {@code -errno}, or an {@link Outcome}. */
    long connect() {
        Descriptor descriptor = handle.descriptor();
        long result = handle.perform(descriptor.writing(), deadline, this);
        boolean goesOn = result == Outcome.TIMED_OUT || result == Outcome.INTERRUPTED || result == -EINPROGRESS;
        socket.setConnecting(goesOn && socket.family() != Constants.AF_UNIX);
        return result;
    }

    @Override
    public long make() {
        long pause = FIRST_PAUSE_NANOS;
        for (; ; ) {
            int result = calls.connect(fd, address, (int) address.byteSize());
            if (result == -EISCONN && socket.isConnecting()) {
                return 0; // a connect that was given up on has come about meanwhile
            }
            if (result == -EINPROGRESS || result == -EALREADY || result == -EINTR) {
                return deadline == Deadline.NOW ? result == -EINTR ? -EINPROGRESS : result : awaitOutcome();
            }
            if (result != -EAGAIN || deadline == Deadline.NOW) {
                return result;
            }
            // A Unix listener with a full backlog. The kernel tells nobody when there is room again.
            int paused = pause(pause);
            if (paused != 0) {
                return paused;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private long awaitOutcome() {
        for (; ; ) {
            int waited = handle.await(handle.descriptor().writing(), deadline);
            if (waited != 0) {
                return waited;
            }
            int[] error = {0};
            int[] length = {Integer.BYTES};
            int result = calls.getSockOpt(
                    fd,
                    Constants.SOL_SOCKET,
                    Constants.SO_ERROR,
                    MemorySegment.ofArray(error),
                    MemorySegment.ofArray(length));
            if (result < 0 || error[0] != 0) {
                return result < 0 ? result : -error[0];
            }
            // No error may also mean a stale edge, from before the connect: connected is who has a peer.
            SockaddrBuffer peer = new SockaddrBuffer();
            int named = calls.getPeerName(fd, peer.address(), peer.length());
            if (named != -ENOTCONN) {
                return named;
            }
        }
    }

    private int pause(long nanos) {
        long remaining = Deadline.remainingNanos(deadline);
        if (remaining <= 0) {
            return Outcome.TIMED_OUT;
        }
        LockSupport.parkNanos(this, Math.min(nanos, remaining));
        if (handle.isClosed()) {
            return Outcome.CLOSED;
        }
        return Thread.currentThread().isInterrupted() ? Outcome.INTERRUPTED : 0;
    }
}
