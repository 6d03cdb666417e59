package dev.hawser.reactor;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Constants;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.HasFileno;
import dev.hawser.socket.SocketFailedException;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that bytes are read from, or written to, without waiting: for this, O_NONBLOCK is set where nobody else sees it, or left alone.
 */
sealed interface PipeEnd extends HasFileno, Closeable {

    /** A read that would have to wait. */
    int NOTHING = -1;

    /** How many bytes were put into the buffer from its beginning; 0 at the end, {@link #NOTHING} where it would wait. */
    int read(byte[] buffer) throws IOException;

    /** How many bytes were taken; 0 where it would wait. */
    int write(byte[] bytes, int offset, int length) throws IOException;

    @Override
    void close();

    /** A descriptor of this process's own, with O_NONBLOCK. */
    final class Own implements PipeEnd {

        private static final int CLOSED = -1;

        private final SystemCalls calls;
        private int fd;

        Own(SystemCalls calls, int fd) {
            this.calls = calls;
            this.fd = fd;
        }

        @Override
        public int fileno() {
            return fd;
        }

        @Override
        public int read(byte[] buffer) throws IOException {
            long n = calls.read(fd, MemorySegment.ofArray(buffer));
            // EIO: the other side of a terminal is gone, or this process is in the background of one.
            return n == -Errno.EIO ? 0 : received("read", n);
        }

        @Override
        public int write(byte[] bytes, int offset, int length) throws IOException {
            return taken("write", calls.write(fd, MemorySegment.ofArray(bytes).asSlice(offset, length)));
        }

        /** Once: the number may be another's after that. */
        @Override
        public void close() {
            if (fd != CLOSED) {
                calls.close(fd);
                fd = CLOSED;
            }
        }
    }

    /** A socket that others have as well: each call says for itself that it must not wait. */
    record SharedSocket(SystemCalls calls, int fileno) implements PipeEnd {

        @Override
        public int read(byte[] buffer) throws IOException {
            return received("recv", calls.recv(fileno, MemorySegment.ofArray(buffer), Constants.MSG_DONTWAIT));
        }

        @Override
        public int write(byte[] bytes, int offset, int length) throws IOException {
            MemorySegment data = MemorySegment.ofArray(bytes).asSlice(offset, length);
            return taken("send", calls.send(fileno, data, Constants.MSG_DONTWAIT | Constants.MSG_NOSIGNAL));
        }

        @Override
        public void close() {}
    }

    /**
     * A standard stream as it is, which waits: a file, whose position it shares with others, or what cannot be opened anew. The JDK's streams read and
     * write it, in a way that holds up no garbage collection.
     */
    record Plain(
            int fileno,
            int most,
            @Nullable FileInputStream input,
            @Nullable FileOutputStream output) implements PipeEnd {

        /** What a pipe that is said to be writable takes without waiting. */
        private static final int PIPE_BUF = Abi.value("PIPE_BUF");

        static Plain ofInput() {
            return new Plain(0, 0, new FileInputStream(FileDescriptor.in), null);
        }

        static Plain ofOutput(boolean isFile) {
            return new Plain(1, isFile ? Integer.MAX_VALUE : PIPE_BUF, null, new FileOutputStream(FileDescriptor.out));
        }

        @Override
        public int read(byte[] buffer) throws IOException {
            return input == null ? 0 : Math.max(0, input.read(buffer));
        }

        @Override
        public int write(byte[] bytes, int offset, int length) throws IOException {
            int part = Math.min(length, most);
            if (output != null) {
                output.write(bytes, offset, part);
            }
            return part;
        }

        @Override
        public void close() {}
    }

    private static int received(String call, long result) throws IOException {
        return result == -Errno.EAGAIN ? NOTHING : result == -Errno.ECONNRESET ? 0 : checked(call, result);
    }

    private static int taken(String call, long result) throws IOException {
        return result == -Errno.EAGAIN ? 0 : checked(call, result);
    }

    /** The result, unless the kernel refused. */
    static int checked(String call, long result) throws IOException {
        if (result >= 0) {
            return (int) result;
        }
        int errno = (int) -result;
        throw new SocketFailedException(new ErrorDetails(call, "pipe", null, null, call, errno, Errno.describe(errno)));
    }
}
