package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Descriptor;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.netpoll.Readiness;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
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
    private static final int MAX_HEAP_BYTES = 64 * 1024;

    private final Socket socket;
    private final Handle handle;
    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final int fd;

    Transfers(Socket socket, Handle handle) {
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
        return (flags & Constants.MSG_WAITALL) != 0 && socket.kind().isStream()
                ? recvAll(buffer, flags & ~Constants.MSG_WAITALL)
                : recvSome(buffer, flags);
    }

    private int recvSome(MemorySegment buffer, int flags) throws IOException {
        MemorySegment part = socket.kind().isStream() ? capped(buffer, 0) : buffer;
        boolean tellsDrained = flags == 0 && socket.kind().isTcp();
        Readiness reading = descriptor.reading();
        long n = handle.perform(reading, deadline(flags), () -> {
            long got = calls.recv(fd, part, flags);
            if (tellsDrained && got > 0 && got < part.byteSize()) {
                reading.markDrained();
            }
            return got;
        });
        return checked("recv", "recv", n, null);
    }

    /** MSG_WAITALL, which the kernel does not honour on a non-blocking descriptor: ours always are. */
    private int recvAll(MemorySegment buffer, int flags) throws IOException {
        long[] got = {0};
        long n = handle.perform(descriptor.reading(), deadline(flags), () -> {
            while (got[0] < buffer.byteSize()) {
                long more = calls.recv(fd, capped(buffer, got[0]), flags);
                if (more < 0) {
                    return more;
                }
                got[0] += more;
                if (more == 0 || (flags & Constants.MSG_PEEK) != 0) {
                    break;
                }
            }
            return got[0];
        });
        // What came before the wait was cut short is the caller's: recv(2) returns it, too.
        return got[0] > 0 ? (int) got[0] : checked("recv", "recv", n, null);
    }

    ReceivedInto recvFrom(MemorySegment buffer, int flags) throws IOException {
        MemorySegment part = socket.kind().isStream() ? capped(buffer, 0) : buffer;
        SockaddrBuffer sender = new SockaddrBuffer();
        long n = handle.perform(descriptor.reading(), deadline(flags), () -> {
            sender.reset();
            return calls.recvFrom(fd, part, flags, sender.address(), sender.length());
        });
        return new ReceivedInto(
                checked("recvFrom", "recvfrom", n, null), socket.kind().orUnnamed(sender.get()));
    }

    int send(MemorySegment buffer, int flags) throws IOException {
        MemorySegment part = socket.kind().isStream() ? capped(buffer, 0) : buffer;
        int all = flags | Constants.MSG_NOSIGNAL;
        long n = handle.perform(descriptor.writing(), deadline(flags), () -> calls.send(fd, part, all));
        return checked("send", "send", n, null);
    }

    int sendTo(MemorySegment buffer, int flags, Sockaddr address) throws IOException {
        MemorySegment part = socket.kind().isStream() ? capped(buffer, 0) : buffer;
        MemorySegment to = SockaddrCodec.encode(address);
        int all = flags | Constants.MSG_NOSIGNAL;
        long n = handle.perform(
                descriptor.writing(), deadline(flags), () -> calls.sendTo(fd, part, all, to, (int) to.byteSize()));
        return checked("sendTo", "sendto", n, address);
    }

    /** All of it, under one deadline, and without another sender's bytes in between. */
    void sendAll(MemorySegment buffer, int flags) throws IOException {
        SendAll rest = new SendAll(buffer, flags | Constants.MSG_NOSIGNAL);
        long n = handle.perform(descriptor.writing(), deadline(flags), rest);
        if (n < 0) {
            throw Errors.withTransferred(Errors.of(socket, "sendAll", "send", n, null), rest.sent);
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
                long n = handle.isClosed() ? Outcome.CLOSED : calls.send(fd, part, flags);
                if (n < 0) {
                    return n;
                }
                sent += n;
            } while (sent < buffer.byteSize());
            return 0;
        }
    }

    private static MemorySegment capped(MemorySegment buffer, long offset) {
        long left = buffer.byteSize() - offset;
        if (left > MAX_HEAP_BYTES && !buffer.isNative()) {
            return buffer.asSlice(offset, MAX_HEAP_BYTES);
        }
        return offset == 0 ? buffer : buffer.asSlice(offset);
    }

    private long deadline(int flags) {
        boolean atOnce = (flags & (Constants.MSG_DONTWAIT | Constants.MSG_OOB | Constants.MSG_ERRQUEUE)) != 0;
        return atOnce ? Deadline.NOW : Deadline.after(socket.timeoutNanos());
    }

    private int requireOpen(String operation) throws IOException {
        return handle.isClosed() ? checked(operation, operation, Outcome.CLOSED, null) : 0;
    }

    private int checked(String operation, String systemCall, long result, @Nullable Sockaddr remote)
            throws IOException {
        if (result < 0) {
            throw Errors.of(socket, operation, systemCall, result, remote);
        }
        return (int) Math.min(result, Integer.MAX_VALUE);
    }
}
