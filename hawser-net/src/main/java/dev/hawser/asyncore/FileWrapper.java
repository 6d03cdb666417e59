package dev.hawser.asyncore;

import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketFailedException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** A duplicate of a descriptor that is no socket, or need not be one, and that does not wait. */
final class FileWrapper implements Channel {

    private static final int F_DUPFD_CLOEXEC = Abi.value("F_DUPFD_CLOEXEC");
    private static final int F_GETFL = Abi.value("F_GETFL");
    private static final int F_SETFL = Abi.value("F_SETFL");
    private static final int O_NONBLOCK = Abi.value("O_NONBLOCK");
    private static final int EPOLL_CTL_ADD = Abi.value("EPOLL_CTL_ADD");
    private static final int EPOLLIN = Abi.value("EPOLLIN");
    private static final int EPOLL_CLOEXEC = Abi.value("EPOLL_CLOEXEC");

    /** A critical call holds up safepoints. */
    private static final int MAX_BYTES = 64 * 1024;

    /** All that are open: some may be of one open file, whose O_NONBLOCK is one, too. The lost ones leave. */
    private static final Set<FileWrapper> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

    private final SystemCalls calls;
    private final Handle handle;

    /** Whether O_NONBLOCK is to be taken back at the end. */
    private boolean blockedBefore;

    private FileWrapper(SystemCalls calls, int fd) {
        this.calls = calls;
        this.handle = Handle.open(calls, fd);
    }

    static FileWrapper duplicate(int fd) throws IOException {
        if (fd < 0) {
            throw new IllegalArgumentException("the file is closed: its descriptor is " + fd);
        }
        SystemCalls calls = SystemCalls.installed();
        refuseWhatCannotBeWaitedFor(calls, fd);
        FileWrapper made = new FileWrapper(calls, check("dup", fd, "fcntl", calls.fcntl(fd, F_DUPFD_CLOEXEC, 0)));
        try {
            made.stopWaiting();
            return made;
        } catch (IOException e) {
            made.handle.close(false);
            throw e;
        }
    }

    /** Whatever selector it will be: what epoll refuses is always ready for select and poll, and then a read waits for the disk. */
    private static void refuseWhatCannotBeWaitedFor(SystemCalls calls, int fd) throws IOException {
        int epoll = check("wait", fd, "epoll_create1", calls.epollCreate(EPOLL_CLOEXEC));
        int added = calls.epollControl(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, 0);
        calls.close(epoll);
        if (added == -Errno.EPERM) {
            throw new IllegalArgumentException("descriptor " + fd
                    + " cannot be waited for, as a regular file cannot: read it where waiting for the disk is fine");
        }
        check("wait", fd, "epoll_ctl", added);
    }

    private void stopWaiting() throws IOException {
        synchronized (OPEN) {
            blockedBefore = check("fcntl", fileno(), "fcntl", setNonBlocking()) > 0;
            OPEN.add(this);
        }
    }

    /** 1 where it was not set, 0 where it was, or {@code -errno}. */
    private int setNonBlocking() {
        int fd = fileno();
        int flags = calls.fcntl(fd, F_GETFL, 0);
        if (flags < 0 || (flags & O_NONBLOCK) != 0) {
            return Math.min(flags, 0);
        }
        int set = calls.fcntl(fd, F_SETFL, flags | O_NONBLOCK);
        return set < 0 ? set : 1;
    }

    @Override
    public int receive(ByteBuffer buffer) throws IOException {
        MemorySegment room = MemorySegment.ofBuffer(buffer);
        MemorySegment part = room.asSlice(0, Math.min(room.byteSize(), MAX_BYTES));
        long count = handle.perform(handle.descriptor().reading(), Deadline.NOW, () -> calls.read(fd(), part));
        if (count == -Errno.EIO || (count == 0 && buffer.hasRemaining())) {
            return END; // EIO: the other side of a terminal is gone
        }
        return moved("read", count, buffer);
    }

    @Override
    public int send(ByteBuffer data) throws IOException {
        MemorySegment all = MemorySegment.ofBuffer(data);
        MemorySegment part = all.asSlice(0, Math.min(all.byteSize(), MAX_BYTES));
        long count = handle.perform(handle.descriptor().writing(), Deadline.NOW, () -> calls.write(fd(), part));
        return moved("write", count, data);
    }

    private int moved(String operation, long count, ByteBuffer buffer) throws IOException {
        if (count == -Errno.EAGAIN) {
            return NOTHING;
        }
        int moved = check(operation, fd(), operation, count);
        buffer.position(buffer.position() + moved);
        return moved;
    }

    /** What a terminal calls urgent comes with what is read. */
    @Override
    public void dropUrgent() {}

    /** Only sockets have such a one. */
    @Override
    public int takeError() {
        return 0;
    }

    @Override
    public int fileno() {
        return handle.fileno();
    }

    private int fd() {
        return handle.descriptor().fd();
    }

    @Override
    public void close() throws IOException {
        int fd = fd();
        synchronized (OPEN) {
            if (!OPEN.remove(this)) {
                return;
            }
            if (blockedBefore) {
                restore();
            }
        }
        check("close", fd, "close", handle.close(false));
    }

    /** The last one of an open file takes O_NONBLOCK back; which are of one file shows in that they lose it together. */
    private void restore() {
        int fd = fd();
        int flags = calls.fcntl(fd, F_GETFL, 0);
        if (flags < 0) {
            return; // somebody has closed the number under us
        }
        calls.fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
        for (FileWrapper other : OPEN) {
            if (other.setNonBlocking() > 0) {
                other.blockedBefore = true;
                return;
            }
        }
    }

    private static int check(String operation, int fd, String systemCall, long result) throws IOException {
        if (result >= 0) {
            return (int) result;
        }
        int errno = Outcome.errno(result);
        ErrorDetails details = new ErrorDetails(
                operation,
                "descriptor " + fd,
                null,
                null,
                errno == 0 ? null : systemCall,
                errno,
                errno == 0 ? "the file is closed" : Errno.describe(errno));
        throw errno == 0 ? new SocketClosedException(details) : new SocketFailedException(details);
    }

    @Override
    public String toString() {
        return "FileWrapper[fd=" + fileno() + "]";
    }
}
