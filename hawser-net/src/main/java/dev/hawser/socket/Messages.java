package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves messages: the policy of {@code sendMsg}, {@code recvMsg} and the batches. What the caller gives is copied into
 * native memory for each call, so that nothing which the caller may free is ever pointed to.
 */
final class Messages {

    private static final int MAX_BUFFERS = Abi.value("UIO_MAXIOV");

    /** SCM_MAX_FD of the kernel. */
    static final int MAX_DESCRIPTORS = 253;

    /** No message of the kernel's has more ancillary data. */
    static final int MAX_CONTROL_BYTES = 64 * 1024;

    private final SocketState socket;
    private final Handle handle;
    private final SystemCalls calls;
    private final Transfers transfers;
    private final int fd;

    Messages(SocketState socket, Handle handle, Transfers transfers) {
        this.socket = socket;
        this.handle = handle;
        this.calls = socket.calls();
        this.transfers = transfers;
        this.fd = handle.descriptor().fd();
    }

    /** Where what is received goes, as it comes: from the first byte of the segment on, as many as fit. */
    private interface Target {

        long room();

        void put(MemorySegment bytes);

        /** Has what is put next begin at the first byte again. */
        void rewind();
    }

    /** A target that learns how large it must be from what has come. */
    private static final class Grown implements Target {

        private final int room;
        private byte[] data = new byte[0];

        Grown(int room) {
            this.room = room;
        }

        @Override
        public long room() {
            return (long) room - data.length;
        }

        @Override
        public void put(MemorySegment bytes) {
            int before = data.length;
            data = Arrays.copyOf(data, before + (int) bytes.byteSize());
            MemorySegment.ofArray(data).asSlice(before).copyFrom(bytes);
        }

        @Override
        public void rewind() {
            data = new byte[0];
        }
    }

    /** A target of several parts, each filled before the next. */
    private static final class Scattered implements Target {

        private final List<MemorySegment> parts;
        private int part;
        private long offset;

        Scattered(List<MemorySegment> parts) {
            this.parts = parts;
        }

        @Override
        public long room() {
            long room = -offset;
            for (int i = part; i < parts.size(); i++) {
                room += parts.get(i).byteSize();
            }
            return room;
        }

        @Override
        public void put(MemorySegment bytes) {
            long from = 0;
            while (from < bytes.byteSize()) {
                long n = Math.min(parts.get(part).byteSize() - offset, bytes.byteSize() - from);
                MemorySegment.copy(bytes, from, parts.get(part), offset, n);
                from += n;
                offset += n;
                if (offset == parts.get(part).byteSize()) {
                    part++;
                    offset = 0;
                }
            }
        }

        @Override
        public void rewind() {
            part = 0;
            offset = 0;
        }
    }

    int send(List<MemorySegment> buffers, List<? extends ControlMessage> control, int flags, @Nullable Sockaddr address)
            throws IOException {
        byte[] ancillary = ControlCodec.encode(control);
        MemorySegment to = address == null ? null : SockaddrCodec.encode(address);
        long timeout = transfers.timeout(flags);
        long deadline = Deadline.after(timeout);
        Handle.Call call = () -> sendOnce(buffers, ancillary, flags | Constants.MSG_NOSIGNAL, to);
        long n = buffers.size() > MAX_BUFFERS ? -Errno.EMSGSIZE : transfers.sendMessage(deadline, address, call);
        if ((flags & Constants.MSG_FASTOPEN) != 0
                && address != null
                && socket.kind().isStream()) {
            int later = (flags & ~Constants.MSG_FASTOPEN) | Constants.MSG_NOSIGNAL;
            n = transfers.fastOpened(n, () -> sendOnce(buffers, ancillary, later, null), address, deadline);
        }
        return transfers.checked("sendMsg", "sendmsg", n, timeout, address);
    }

    private long sendOnce(List<MemorySegment> buffers, byte[] ancillary, int flags, @Nullable MemorySegment to) {
        long all = 0;
        for (MemorySegment buffer : buffers) {
            all += buffer.byteSize();
        }
        long bytes = socket.kind().isStream() ? Math.min(all, Transfers.MAX_HEAP_BYTES) : all;
        try (MessageMemory memory = MessageMemory.take(ancillary.length, bytes)) {
            MessageSlot slot = memory.slot();
            slot.setAddress(to);
            slot.setControl(ancillary);
            gather(buffers, slot.data(), bytes);
            slot.setDataLength(bytes);
            return calls.sendMsg(fd, slot.header(), flags, takesLong(bytes));
        }
    }

    private static void gather(List<MemorySegment> buffers, MemorySegment into, long bytes) {
        long at = 0;
        for (MemorySegment buffer : buffers) {
            long n = Math.min(buffer.byteSize(), bytes - at);
            MemorySegment.copy(buffer, 0, into, at, n);
            at += n;
        }
    }

    private boolean takesLong(long bytes) {
        return bytes > Transfers.MAX_HEAP_BYTES || socket.kind().takesLong();
    }

    ReceivedMessage recv(int maxBytes, int maxControlBytes, int flags) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("negative buffer size: " + maxBytes);
        }
        Grown target = new Grown(maxBytes);
        ReceivedMessageInto got = recv(target, maxControlBytes, flags);
        return new ReceivedMessage(target.data, got.control(), got.flags(), got.address(), got.descriptors());
    }

    ReceivedMessageInto recvInto(List<MemorySegment> buffers, int maxControlBytes, int flags) throws IOException {
        // The bytes are copied there after the call: what could not be written to would lose them.
        buffers.forEach(Buffers::requireAccessible);
        return recv(new Scattered(buffers), maxControlBytes, flags);
    }

    private ReceivedMessageInto recv(Target target, int maxControlBytes, int flags) throws IOException {
        if (maxControlBytes < 0) {
            throw new IllegalArgumentException("negative room for ancillary data: " + maxControlBytes);
        }
        if (target instanceof Scattered scattered && scattered.parts.size() > MAX_BUFFERS) {
            throw transfers.failure("recvMsg", "recvmsg", -Errno.EMSGSIZE, 0, null);
        }
        Receiving receiving = new Receiving(target, Math.min(maxControlBytes, MAX_CONTROL_BYTES), flags);
        long timeout = transfers.timeout(flags);
        long n = transfers.receive(flags, timeout, receiving);
        // What came before the wait was cut short is the caller's: recvmsg(2) returns it, too.
        return receiving.finish(n, timeout);
    }

    /** How many messages of the batch were taken, from the first on: at least one, where there is one. */
    int sendBatch(DatagramBatch batch, int first, int flags) throws IOException {
        int count = batch.size() - first;
        MemorySegment messages = batch.toSend(first);
        if (count == 0) {
            return transfers.requireOpen("sendMmsg");
        }
        int all = flags | Constants.MSG_NOSIGNAL;
        long timeout = transfers.timeout(flags);
        Sockaddr to = batch.addressee(first);
        long n = transfers.sendMessage(Deadline.after(timeout), to, () -> calls.sendMmsg(fd, messages, count, all));
        return transfers.checked("sendMmsg", "sendmmsg", n, timeout, to);
    }

    /** How many messages have come: it waits for the first, and takes what is there. */
    int receiveBatch(DatagramBatch batch, int flags) throws IOException {
        MemorySegment messages = batch.toReceive();
        // Descriptors are close-on-exec from birth.
        int all = flags | Constants.MSG_CMSG_CLOEXEC;
        long timeout = transfers.timeout(flags);
        long n = transfers.receive(
                flags, timeout, () -> transfers.endOr(calls.recvMmsg(fd, messages, batch.capacity(), all), flags));
        int count = transfers.checked("recvMmsg", "recvmmsg", n, timeout, null);
        batch.received(count, calls, socket.kind().family() == Constants.AF_UNIX);
        return count;
    }

    /** Waits for a message in the queue of errors, which neither readers nor writers take. */
    ReceivedMessageInto receiveError(int maxControlBytes, long deadline, long timeout) throws IOException {
        Receiving receiving = new Receiving(new Grown(0), maxControlBytes, Constants.MSG_ERRQUEUE);
        return receiving.finish(handle.perform(handle.descriptor().errors(), deadline, receiving), timeout);
    }

    /** Receives one message; with MSG_WAITALL on a stream, what makes the target full. */
    private final class Receiving implements Handle.Call {

        private final Target target;
        private final int controlBytes;
        private final int flags;
        private final boolean all;
        private final boolean peeksAll;
        private final long size;
        private long count;
        private @Nullable ReceivedMessageInto message;

        Receiving(Target target, int controlBytes, int flags) {
            this.target = target;
            this.controlBytes = controlBytes;
            this.size = target.room();
            this.all = transfers.waitsForAll(flags);
            this.peeksAll = all && (flags & Constants.MSG_PEEK) != 0;
            // Descriptors are close-on-exec from birth.
            this.flags = (all ? flags & ~Constants.MSG_WAITALL : flags) | Constants.MSG_CMSG_CLOEXEC;
        }

        @Override
        public long make() {
            return peeksAll ? peek() : take();
        }

        /** As {@link Transfers} peeks: from the first byte each time, until there is enough, or the end. */
        private long peek() {
            long n = once();
            count = n > 0 ? n : count;
            boolean enough = n <= 0
                    || target.room() == 0
                    || handle.descriptor().reading().mayHaveEnded()
                    || !isPlain();
            return enough ? n : -Errno.EAGAIN;
        }

        private long take() {
            long n;
            do {
                n = handle.isClosed() && count > 0 ? 0 : once();
                if (count > 0) {
                    socket.keepError(n);
                }
                count += Math.max(n, 0);
            } while (all && n > 0 && target.room() > 0 && isPlain());
            return n < 0 ? transfers.endOr(n, flags) : count;
        }

        private long once() {
            long kept = transfers.lateError(flags);
            if (kept != 0) {
                return kept;
            }
            long bytes = room();
            try (MessageMemory memory = MessageMemory.take(controlBytes, bytes)) {
                MessageSlot slot = memory.slot();
                slot.toReceive(bytes, controlBytes);
                if ((flags & Constants.MSG_TRUNC) != 0) {
                    // TCP counts such bytes and does not copy them: nobody must see what was here before.
                    slot.data().asSlice(0, bytes).fill((byte) 0);
                }
                long n = calls.recvMsg(fd, slot.header(), flags, takesLong(bytes));
                if (n >= 0) {
                    keep(slot, n);
                }
                return n;
            }
        }

        private long room() {
            boolean capped = socket.kind().isStream() || socket.kind().isInternet();
            return peeksAll ? size : capped ? Math.min(target.room(), Transfers.MAX_HEAP_BYTES) : target.room();
        }

        /** The descriptors first: from here on, whatever happens, somebody owns them. */
        private void keep(MessageSlot slot, long n) {
            PassedDescriptors descriptors = PassedDescriptors.in(slot.control(), calls);
            boolean kept = false;
            try {
                if (peeksAll && n > 0) {
                    target.rewind();
                }
                target.put(slot.data().asSlice(0, Math.min(n, slot.dataLength())));
                message = new ReceivedMessageInto(
                        0,
                        slot.controlMessages(),
                        slot.flags() & ~Constants.MSG_CMSG_CLOEXEC,
                        socket.kind().orUnnamed(slot.address()),
                        descriptors);
                kept = true;
            } finally {
                if (!kept) {
                    descriptors.close();
                }
            }
        }

        /** Whether more bytes may be put behind these: ancillary data belong to the bytes that they came with. */
        private boolean isPlain() {
            return message == null || (message.control().isEmpty() && !message.isControlTruncated());
        }

        ReceivedMessageInto finish(long n, long timeout) throws IOException {
            ReceivedMessageInto got = message;
            if (n < 0 && count == 0) {
                throw transfers.failure("recvMsg", "recvmsg", n, timeout, null);
            }
            int total = (int) Math.min(count, Integer.MAX_VALUE);
            return got == null
                    ? new ReceivedMessageInto(
                            total, List.of(), 0, socket.kind().orUnnamed(null), PassedDescriptors.none())
                    : new ReceivedMessageInto(total, got.control(), got.flags(), got.address(), got.descriptors());
        }
    }
}
