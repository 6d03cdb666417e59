package dev.hawser.socket;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One call of {@code sendFile}: sendfile(2) where the kernel can, else reading and sending. */
final class FileSending {

    private static final int O_RDONLY = Abi.value("O_RDONLY");
    private static final int O_CLOEXEC = Abi.value("O_CLOEXEC");
    private static final int O_NOCTTY = Abi.value("O_NOCTTY");
    private static final int O_NONBLOCK = Abi.value("O_NONBLOCK");
    private static final int SEEK_END = Abi.value("SEEK_END");

    /** So that a close is noticed in between, and a virtual thread does not keep its carrier for a whole file. */
    private static final long MAX_KERNEL_BYTES = 1024 * 1024;

    private static final int MAX_READ_BYTES = 64 * 1024;

    private final SocketState socket;
    private final long offset;
    private final long count;
    private final Handle handle;
    private final SystemCalls calls;
    private final long timeout;
    private final long deadline;

    /** How many bytes the socket's kernel buffer has taken. */
    private long sent;

    FileSending(SocketState socket, long offset, long count) {
        if (offset < 0) {
            throw new IllegalArgumentException("an offset in a file is not negative: " + offset);
        }
        if (count <= 0) {
            throw new IllegalArgumentException("count is at least 1, Long.MAX_VALUE for all: " + count);
        }
        this.socket = socket;
        this.offset = offset;
        this.count = count;
        this.handle = socket.handle();
        this.calls = socket.calls();
        this.timeout = socket.timeoutNanos();
        if (!socket.kind().isStream()) {
            throw new IllegalStateException("sendFile needs a stream socket, not one of " + socket.transport());
        }
        if (timeout == 0) {
            throw new IllegalStateException("sendFile needs a socket that may wait: call setTimeout");
        }
        this.deadline = Deadline.after(timeout);
    }

    long send(Path file) throws IOException {
        if (!file.getFileSystem().equals(FileSystems.getDefault()) || !Files.isRegularFile(file)) {
            return sendStream(file);
        }
        // O_NONBLOCK: it may have become a FIFO by now.
        int in = calls.open(file.toString(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
        if (in >= 0) {
            try {
                if (sendInKernel(in, file)) {
                    return sent;
                }
            } finally {
                calls.close(in);
            }
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return sendChannel(channel, file.toString());
        }
    }

    private long sendStream(Path file) throws IOException {
        byte[] chunk = new byte[MAX_READ_BYTES];
        try (InputStream stream = Files.newInputStream(file)) {
            // Not by skip, which trusts the sizes of files that have none.
            long skipped = 0;
            for (int n = 0; n >= 0 && skipped < offset; skipped += n) {
                n = stream.read(chunk, 0, (int) Math.min(offset - skipped, MAX_READ_BYTES));
            }
            // A FIFO may have nothing to read for ever, and close must not wait for that: it is read out of turn.
            for (int n = read(stream, chunk); n > 0; n = read(stream, chunk)) {
                ReadAndSend part = new ReadAndSend(MemorySegment.ofArray(chunk), (at, max) -> -1);
                part.end = n;
                readAndSend(part, file.toString());
            }
        }
        return sent;
    }

    private int read(InputStream stream, byte[] chunk) throws IOException {
        return sent < count ? stream.read(chunk, 0, (int) Math.min(count - sent, MAX_READ_BYTES)) : -1;
    }

    long send(FileChannel file) throws IOException {
        return sendChannel(file, "the file");
    }

    private long sendChannel(FileChannel file, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment chunk = arena.allocate(MAX_READ_BYTES);
            ByteBuffer buffer = chunk.asByteBuffer();
            readAndSend(
                    new ReadAndSend(chunk, (at, max) -> file.read(buffer.clear().limit(max), at)), name);
        } finally {
            if (file.isOpen()) {
                file.position(offset + sent);
            }
        }
        return sent;
    }

    /** False where the kernel cannot do it with this file, and nothing was sent. */
    private boolean sendInKernel(int in, Path file) throws IOException {
        long size = calls.seek(in, 0, SEEK_END);
        if (size <= 0) {
            return false; // such as a file of /proc, which has no size until it is read
        }
        // No more than there is: older kernels hold the last segment back while they were promised more.
        KernelCopy copy = new KernelCopy(in, Math.min(count, size - offset));
        long result = handle.perform(handle.descriptor().writing(), deadline, copy);
        if (sent == 0 && isRefusal(result)) {
            return false;
        }
        check("sendfile", result, file.toString());
        return true;
    }

    private static boolean isRefusal(long result) {
        return result == -Errno.EINVAL
                || result == -Errno.ENOSYS
                || result == -Errno.EOPNOTSUPP
                || result == -Errno.EPERM;
    }

    private void readAndSend(ReadAndSend copy, String file) throws IOException {
        long result = handle.perform(handle.descriptor().writing(), deadline, copy);
        if (copy.failure != null) {
            throw copy.failure;
        }
        check("send", result, file);
    }

    private void check(String systemCall, long result, String file) throws IOException {
        if (result < 0) {
            Attempt attempt = new Attempt(socket, handle, "sendFile", systemCall)
                    .within(timeout)
                    .about(" after " + sent + " bytes of " + file);
            throw Errors.withTransferred(Errors.of(attempt, result, null), sent);
        }
    }

    /** Goes on from where it was when the socket's buffer was full. */
    private final class KernelCopy implements Handle.Call {

        private final int in;
        private final long all;

        KernelCopy(int in, long all) {
            this.in = in;
            this.all = all;
        }

        @Override
        public long make() {
            while (sent < all) {
                long most = Math.min(all - sent, MAX_KERNEL_BYTES);
                long n = handle.isClosed() ? Outcome.CLOSED : calls.sendFile(socket.fd(), in, offset + sent, most);
                if (n <= 0) {
                    return n; // none: somebody has cut the file off
                }
                sent += n;
            }
            return 0;
        }
    }

    /** Reads a part of a file into the chunk. */
    @FunctionalInterface
    private interface Reader {

        /**
         * Reads.
         *
         * @param at where in the file
         * @param maxBytes the most bytes
         * @return how many bytes, -1 at the end
         */
        int read(long at, int maxBytes) throws IOException;
    }

    /** Goes on from where it was when the socket's buffer was full. */
    private final class ReadAndSend implements Handle.Call {

        private final MemorySegment chunk;
        private final Reader reader;
        private int begin;
        private int end;
        private @Nullable IOException failure;

        ReadAndSend(MemorySegment chunk, Reader reader) {
            this.chunk = chunk;
            this.reader = reader;
        }

        @Override
        public long make() {
            while (begin < end || read()) {
                MemorySegment part = chunk.asSlice(begin, end - begin);
                long n = handle.isClosed() ? Outcome.CLOSED : calls.send(socket.fd(), part, Constants.MSG_NOSIGNAL);
                if (n < 0) {
                    return n;
                }
                begin += (int) n;
                sent += n;
            }
            return 0;
        }

        /** False at the end. */
        private boolean read() {
            try {
                begin = 0;
                end = sent < count ? reader.read(offset + sent, (int) Math.min(count - sent, MAX_READ_BYTES)) : 0;
            } catch (IOException e) {
                failure = e;
                end = 0;
            }
            return end > 0;
        }
    }
}
