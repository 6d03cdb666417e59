package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Descriptor;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Readiness;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes: the policy of {@code recv}, {@code send} and their kin, for every kind of buffer as a
 * {@link MemorySegment}. The waiting is {@link Handle#perform}'s.
 */
final class Transfers {

    /**
     * The most bytes of a heap buffer that one call on a stream takes: more would hold up the garbage collector. The
     * rest follows in the next call, as with any short read or write.
     */
    static final int MAX_HEAP_BYTES = 64 * 1024;

    /** What these receive is not in the stream or queue whose readers take turns. The kernel never waits for it. */
    private static final int OUT_OF_TURN = Constants.MSG_OOB | Constants.MSG_ERRQUEUE;

    private final SocketState socket;
    private final Handle handle;
    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final int fd;

    Transfers(SocketState socket, Handle handle) {
        this.socket = socket;
        this.handle = handle;
        this.calls = socket.calls();
        this.descriptor = handle.descriptor();
        this.fd = descriptor.fd();
    }

    /** How large a buffer is worth making: a stream gives no more than this in one call, whatever is asked. */
    int room(int maxBytes, int flags) {
        boolean partial = socket.kind().isStream() && (flags & Constants.MSG_WAITALL) == 0;
        return partial ? Math.min(maxBytes, MAX_HEAP_BYTES) : maxBytes;
    }

    /** The count; 0 at the end of a stream, and for an empty buffer, which the kernel is not even asked about. */
    int recv(MemorySegment buffer, int flags) throws IOException {
        if (buffer.byteSize() == 0) {
            return requireOpen("recv");
        }
        return waitsForAll(flags) ? recvAll(buffer, flags & ~Constants.MSG_WAITALL, null) : recvSome(buffer, flags);
    }

    boolean waitsForAll(int flags) {
        return (flags & Constants.MSG_WAITALL) != 0
                && (flags & OUT_OF_TURN) == 0
                && socket.kind().isStream();
    }

    private int recvSome(MemorySegment buffer, int flags) throws IOException {
        MemorySegment part = receivable(buffer);
        long timeout = timeout(flags);
        long n = timeout == 0 && (flags & OUT_OF_TURN) == 0
                ? recvNow(part, flags)
                : receive(flags, timeout, () -> recvAndMark(part, flags));
        return checked("recv", "recv", n, timeout, null);
    }

    /** For those who wait elsewhere, and receive often: without an object for the call. */
    private long recvNow(MemorySegment buffer, int flags) {
        Readiness reading = descriptor.reading();
        int entered = handle.enterNow(reading);
        if (entered < 0) {
            return entered;
        }
        try {
            long n;
            do {
                n = recvAndMark(buffer, flags);
            } while (n == -Errno.EINTR && !handle.isClosed());
            return n == -Errno.EINTR ? Outcome.CLOSED : n;
        } finally {
            handle.leave(reading);
        }
    }

    private long recvAndMark(MemorySegment buffer, int flags) {
        long got = recvOnce(buffer, flags, null);
        if (flags == 0 && got > 0 && got < buffer.byteSize() && socket.kind().isTcp()) {
            descriptor.reading().markDrained();
        }
        return endOr(got, flags);
    }

    /** Makes a call that receives: what is out of turn is there, or is not, and others may be waiting for the rest. */
    long receive(int flags, long timeout, Handle.Call call) {
        return (flags & OUT_OF_TURN) != 0
                ? handle.now(call)
                : handle.perform(descriptor.reading(), Deadline.after(timeout), call);
    }

    /** A datagram socket that was shut down answers EAGAIN for ever, where a C program that waits is told of the end. */
    long endOr(long result, int flags) {
        boolean ended = result == -Errno.EAGAIN && !socket.kind().isStream() && socket.isShutForReading();
        return ended && (flags & OUT_OF_TURN) == 0 ? 0 : result;
    }

    /** MSG_WAITALL, which the kernel does not honour on a non-blocking descriptor: ours always are. */
    private int recvAll(MemorySegment buffer, int flags, @Nullable SockaddrBuffer sender) throws IOException {
        long[] got = {0};
        Handle.Call call = (flags & Constants.MSG_PEEK) != 0
                ? () -> peekAll(buffer, flags, sender, got)
                : () -> takeAll(buffer, flags, sender, got);
        long timeout = timeout(flags);
        long n = handle.perform(descriptor.reading(), Deadline.after(timeout), call);
        // What came before the wait was cut short is the caller's: recv(2) returns it, too.
        String operation = sender == null ? "recv" : "recvFrom";
        return got[0] > 0
                ? Math.toIntExact(got[0])
                : checked(operation, operation.toLowerCase(Locale.ROOT), n, timeout, null);
    }

    private long takeAll(MemorySegment buffer, int flags, @Nullable SockaddrBuffer sender, long[] got) {
        while (got[0] < buffer.byteSize()) {
            long more = handle.isClosed() ? Outcome.CLOSED : recvOnce(capped(buffer, got[0]), flags, sender);
            if (more <= 0) {
                if (got[0] > 0) {
                    socket.keepError(more);
                }
                return more;
            }
            got[0] += more;
        }
        return got[0];
    }

    /** A peek begins at the first byte each time: it is repeated at each edge, until there is enough, or the end. */
    private long peekAll(MemorySegment buffer, int flags, @Nullable SockaddrBuffer sender, long[] got) {
        long n = recvOnce(buffer, flags, sender);
        got[0] = Math.max(got[0], n);
        boolean enough =
                n <= 0 || n == buffer.byteSize() || descriptor.reading().mayHaveEnded();
        return enough ? n : -Errno.EAGAIN;
    }

    /** What an earlier call has kept for this one, or 0. */
    long lateError(int flags) {
        return (flags & OUT_OF_TURN) != 0 ? 0 : socket.takeError();
    }

    private long recvOnce(MemorySegment buffer, int flags, @Nullable SockaddrBuffer sender) {
        long kept = lateError(flags);
        if (kept != 0) {
            return kept;
        }
        if (sender != null) {
            return recvFromOnce(buffer, flags, sender);
        }
        return socket.kind().takesLong()
                ? calls.recvFrom(fd, buffer, flags, MemorySegment.NULL, MemorySegment.NULL, true)
                : calls.recv(fd, buffer, flags);
    }

    ReceivedInto recvFrom(MemorySegment buffer, int flags) throws IOException {
        MemorySegment part = receivable(buffer);
        SockaddrBuffer sender = new SockaddrBuffer();
        if (waitsForAll(flags)) {
            int all = recvAll(buffer, flags & ~Constants.MSG_WAITALL, sender);
            return new ReceivedInto(all, socket.kind().orUnnamed(sender.get()));
        }
        long timeout = timeout(flags);
        long n = receive(flags, timeout, () -> endOr(recvOnce(part, flags, sender), flags));
        return new ReceivedInto(
                checked("recvFrom", "recvfrom", n, timeout, null), socket.kind().orUnnamed(sender.get()));
    }

    private long recvFromOnce(MemorySegment buffer, int flags, SockaddrBuffer sender) {
        sender.reset();
        return calls.recvFrom(
                fd,
                buffer,
                flags,
                sender.address(),
                sender.length(),
                socket.kind().takesLong());
    }

    int send(MemorySegment buffer, int flags) throws IOException {
        MemorySegment part = socket.kind().isStream() ? capped(buffer, 0) : buffer;
        long timeout = timeout(flags);
        int all = flags | Constants.MSG_NOSIGNAL;
        long n = handle.perform(descriptor.writing(), Deadline.after(timeout), () -> sendOnce(part, all));
        return checked("send", "send", n, timeout, null);
    }

    private long sendOnce(MemorySegment buffer, int flags) {
        return socket.kind().takesLong()
                ? calls.sendTo(fd, buffer, flags, MemorySegment.NULL, 0, true)
                : calls.send(fd, buffer, flags);
    }

    int sendTo(MemorySegment buffer, int flags, Sockaddr address) throws IOException {
        MemorySegment part = socket.kind().isStream() ? capped(buffer, 0) : buffer;
        MemorySegment to = SockaddrCodec.encode(address);
        int all = flags | Constants.MSG_NOSIGNAL;
        boolean takesLong = socket.kind().takesLong();
        Handle.Call call = () -> calls.sendTo(fd, part, all, to, (int) to.byteSize(), takesLong);
        long timeout = timeout(flags);
        long deadline = Deadline.after(timeout);
        long n = sendMessage(deadline, address, call);
        if ((flags & Constants.MSG_FASTOPEN) != 0 && socket.kind().isStream()) {
            int later = all & ~Constants.MSG_FASTOPEN;
            n = fastOpened(n, () -> calls.send(fd, part, later), address, deadline);
        }
        return checked("sendTo", "sendto", n, timeout, address);
    }

    /** Makes a call that sends a message to an address, or with null to whom the socket is connected. */
    long sendMessage(long deadline, @Nullable Sockaddr address, Handle.Call call) {
        // The queue that is full may be the receiver's, of which the sender's edges say nothing.
        boolean unixMessage = address != null
                && socket.kind().family() == Constants.AF_UNIX
                && !socket.kind().isStream();
        return unixMessage
                ? handle.performWithPauses(descriptor.writing(), deadline, call)
                : handle.perform(descriptor.writing(), deadline, call);
    }

    /** Without a cookie of the server's the kernel begins to connect and sends no data: they follow the connection. */
    long fastOpened(long result, Handle.Call send, Sockaddr address, long deadline) {
        boolean connecting = result == -Errno.EINPROGRESS;
        if (result >= 0 || connecting) {
            socket.rememberPeer(address);
        }
        if (!connecting) {
            return result;
        }
        socket.setConnecting(true);
        if (deadline == Deadline.NOW) {
            return result;
        }
        long connected = new Connecting(socket, handle, address, deadline).connect();
        return connected < 0 ? connected : handle.perform(descriptor.writing(), deadline, send);
    }

    /** All of it, under one deadline, and without another sender's bytes in between. */
    void sendAll(MemorySegment buffer, int flags) throws IOException {
        SendAll rest = new SendAll(buffer, flags | Constants.MSG_NOSIGNAL);
        long timeout = timeout(flags);
        long n = handle.perform(descriptor.writing(), Deadline.after(timeout), rest);
        if (n < 0) {
            throw Errors.withTransferred(failure("sendAll", "send", n, timeout, null), rest.sent);
        }
    }

    /** Sends on from where it was when the kernel's buffer was full. */
    private final class SendAll implements Handle.Call {

        private final MemorySegment buffer;
        private final int flags;
        private long sent;

        SendAll(MemorySegment buffer, int flags) {
            this.buffer = buffer;
            this.flags = flags;
        }

        @Override
        public long make() {
            do {
                MemorySegment part = socket.kind().isStream() ? capped(buffer, sent) : buffer;
                long n = handle.isClosed() ? Outcome.CLOSED : sendOnce(part, flags);
                if (n < 0) {
                    return n;
                }
                sent += n;
            } while (sent < buffer.byteSize());
            return 0;
        }
    }

    /** As much of the buffer as can be filled: no packet of the Internet is longer than a call on a stream may copy. */
    private MemorySegment receivable(MemorySegment buffer) {
        SocketKind kind = socket.kind();
        return kind.isStream() || kind.isInternet() ? capped(buffer, 0) : buffer;
    }

    private static MemorySegment capped(MemorySegment buffer, long offset) {
        long left = buffer.byteSize() - offset;
        if (left > MAX_HEAP_BYTES && !buffer.isNative()) {
            return buffer.asSlice(offset, MAX_HEAP_BYTES);
        }
        return offset == 0 ? buffer : buffer.asSlice(offset);
    }

    /** Read once for each call, which another thread may set it during. */
    long timeout(int flags) {
        return (flags & Constants.MSG_DONTWAIT) != 0 ? 0 : socket.timeoutNanos();
    }

    int requireOpen(String operation) throws IOException {
        return handle.isClosed() ? checked(operation, operation, Outcome.CLOSED, 0, null) : 0;
    }

    int checked(String operation, String systemCall, long result, long timeout, @Nullable Sockaddr remote)
            throws IOException {
        if (result < 0) {
            throw failure(operation, systemCall, result, timeout, remote);
        }
        return (int) Math.min(result, Integer.MAX_VALUE);
    }

    IOException failure(String operation, String systemCall, long result, long timeout, @Nullable Sockaddr remote) {
        Attempt attempt = new Attempt(socket, handle, operation, systemCall).within(timeout);
        return Errors.of(attempt, result, remote);
    }
}
