package dev.hawser.socket;

import static dev.hawser.posix.Errno.EALREADY;
import static dev.hawser.posix.Errno.ECONNABORTED;
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
import org.jspecify.annotations.Nullable;

/**
 * {@code connect(2)} with a deadline. On a stream the kernel goes on by itself after the call: the thread waits until
 * the socket is writable, and then asks how it went.
 */
final class Connecting implements Handle.Call {

    private final SocketState socket;
    private final Handle handle;
    private final SystemCalls calls;
    private final int fd;
    private final @Nullable Sockaddr peer;
    private final MemorySegment address;
    private final long deadline;

    Connecting(SocketState socket, Handle handle, Sockaddr address, long deadline) {
        this.socket = socket;
        this.handle = handle;
        this.calls = socket.calls();
        this.fd = handle.descriptor().fd();
        this.peer = address.family() == Constants.AF_UNSPEC ? null : address;
        this.address = SockaddrCodec.encode(address);
        this.deadline = deadline;
    }

    /** 0, {@code -errno}, or an {@link Outcome}. */
    long connect() {
        Sockaddr peerBefore = socket.lastPeer();
        // Before the call: where it goes on by itself, the errors that follow are about this peer.
        socket.rememberPeer(peer);
        long result = perform();
        if (result == -EISCONN) {
            socket.rememberPeer(peerBefore);
        }
        return result;
    }

    private long perform() {
        Descriptor descriptor = handle.descriptor();
        // A Unix listener with a full backlog: the kernel does not tell when there is room again.
        long result = socket.kind().family() == Constants.AF_UNIX
                ? handle.performWithPauses(descriptor.writing(), deadline, this)
                : handle.perform(descriptor.writing(), deadline, this);
        boolean goesOn = result == Outcome.TIMED_OUT || result == Outcome.INTERRUPTED || result == -EINPROGRESS;
        socket.setConnecting(goesOn && socket.kind().family() != Constants.AF_UNIX);
        return result;
    }

    @Override
    public long make() {
        boolean again = false;
        for (; ; ) {
            int result = calls.connect(fd, address, (int) address.byteSize());
            if (result == -EISCONN && socket.isConnecting()) {
                return 0; // a connect that was given up on has come about meanwhile
            }
            if (result == -ECONNABORTED && !again) {
                again = true; // the kernel has only now forgotten that the connect before this one failed
                continue;
            }
            if (result == -EINPROGRESS || result == -EALREADY || result == -EINTR) {
                return deadline == Deadline.NOW ? result == -EINTR ? -EINPROGRESS : result : awaitOutcome();
            }
            return result;
        }
    }

    /** Asks once how a connect went that goes on by itself: 0, {@code -errno}, or {@code -EALREADY} while it does. */
    long finish() {
        boolean begun = socket.isConnecting();
        long result =
                handle.perform(handle.descriptor().writing(), Deadline.NOW, begun ? this::outcome : this::peerName);
        boolean goesOn = begun && result == -ENOTCONN;
        socket.setConnecting(goesOn);
        return goesOn ? -EALREADY : result;
    }

    private long awaitOutcome() {
        for (; ; ) {
            int waited = handle.await(handle.descriptor().writing(), deadline);
            if (waited != 0) {
                return waited;
            }
            int outcome = outcome();
            // No error may also mean a stale edge, from before the connect.
            if (outcome != -ENOTCONN) {
                return outcome;
            }
        }
    }

    /** 0, {@code -errno}, or {@code -ENOTCONN} where the kernel is still at it. */
    private int outcome() {
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
        return socket.kind().isTcp() ? connectedAgain() : peerName();
    }

    /** TCP takes note of its success only in a second call, which then succeeds; the one after it is told EISCONN. */
    private int connectedAgain() {
        int result = calls.connect(fd, address, (int) address.byteSize());
        if (result == -EALREADY || result == -EINPROGRESS || result == -EINTR) {
            return -ENOTCONN;
        }
        return result == -EISCONN ? 0 : result;
    }

    /** Connected is who has a peer. */
    private int peerName() {
        SockaddrBuffer peer = new SockaddrBuffer();
        return calls.getPeerName(fd, peer.address(), peer.length());
    }
}
