package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.netpoll.Outcome;
import dev.hawser.posix.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Descriptors that came in a message: those of SCM_RIGHTS, and behind them, where SO_PASSPIDFD is set, the one of SCM_PIDFD. They are open in this process from the moment the message is received,
 * and belong to this object: whoever takes one becomes its owner; those left over are closed by {@link #close}.
 *
 * <h2>Threading</h2>
 * Safe from any thread: each descriptor is taken once.
 *
 * <h2>Errors</h2>
 * {@link IllegalStateException} where a descriptor was taken or closed before.
 *
 * <h2>Platform notes</h2>
 * They are close-on-exec, unlike those of CPython's {@code recv_fds}. Where they are lost without being closed, a Cleaner
 * closes them some day, with a warning.
 *
 * <p>Source: unix(7), recvmsg(2).
 *
 * {@snippet file="dev/hawser/socket/MessageSnippetsTest.java" region="descriptors"}
 */
public final class PassedDescriptors implements Closeable {

    private static final PassedDescriptors NONE = new PassedDescriptors(new Handle[0]);

    private final Handle[] handles;

    private PassedDescriptors(Handle[] handles) {
        this.handles = handles;
    }

    /** Takes charge of every descriptor in the ancillary data: all of them, or, where that fails, it closes all. */
    static PassedDescriptors in(MemorySegment control, SystemCalls calls) {
        int count = count(control);
        if (count == 0) {
            return NONE;
        }
        int[] numbers = new int[count];
        int[] at = {0};
        forEach(control, fd -> numbers[at[0]++] = fd);
        Handle[] handles = new Handle[count];
        int owned = 0;
        try {
            while (owned < count) {
                handles[owned] = Handle.open(calls, numbers[owned]);
                owned++;
            }
            return new PassedDescriptors(handles);
        } finally {
            if (owned < count) {
                Arrays.stream(handles, 0, owned).forEach(handle -> handle.close(true));
                Arrays.stream(numbers, owned, count).forEach(calls::close);
            }
        }
    }

    private static int count(MemorySegment control) {
        int[] count = {0};
        forEach(control, fd -> count[0]++);
        return count[0];
    }

    private static void forEach(MemorySegment control, IntConsumer action) {
        ControlCodec.forEach(control, (level, type, offset, length) -> {
            for (long i = 0; hasDescriptors(level, type) && i < length / Integer.BYTES; i++) {
                int fd = control.get(ValueLayout.JAVA_INT_UNALIGNED, offset + i * Integer.BYTES);
                // Of a process that is gone, SCM_PIDFD has an errno.
                if (fd >= 0) {
                    action.accept(fd);
                }
            }
        });
    }

    private static boolean hasDescriptors(int level, int type) {
        return level == ControlCodec.SOL_SOCKET && (type == ControlCodec.SCM_RIGHTS || type == ControlCodec.SCM_PIDFD);
    }

    static PassedDescriptors none() {
        return NONE;
    }

    /**
     * How many came, taken or not.
     *
     * @return the number
     */
    public int count() {
        return handles.length;
    }

    /**
     * Gives a descriptor away: whoever gets the number closes it.
     *
     * @param index which, from 0 to {@link #count}
     * @return the number
     * @throws IllegalStateException if it was taken or closed before
     */
    public int take(int index) {
        int fd = handles[Objects.checkIndex(index, handles.length)].detach();
        if (fd == Outcome.CLOSED) {
            throw new IllegalStateException("descriptor " + index + " was taken or closed before");
        }
        return fd;
    }

    /**
     * Gives all descriptors away that nobody has taken.
     *
     * @return the numbers
     */
    public int[] takeAll() {
        return Arrays.stream(handles)
                .mapToInt(Handle::detach)
                .filter(fd -> fd != Outcome.CLOSED)
                .toArray();
    }

    /**
     * Makes a socket of a descriptor, as {@link Sockets#adopt} does. Where that fails, the descriptor is closed.
     *
     * @param index which, from 0 to {@link #count}
     * @return the socket, which owns the descriptor from now on
     * @throws IOException if it is no socket: ENOTSOCK
     * @throws IllegalStateException if it was taken or closed before
     */
    public Socket takeSocket(int index) throws IOException {
        int fd = take(index);
        try {
            return Sockets.adopt(fd);
        } catch (IOException | RuntimeException e) {
            SystemCalls.installed().close(fd);
            throw e;
        }
    }

    /** Closes those that nobody has taken. Closing twice is fine. */
    @Override
    public void close() {
        for (Handle handle : handles) {
            handle.close(true);
        }
    }

    @Override
    public String toString() {
        return "PassedDescriptors"
                + Arrays.toString(
                        Arrays.stream(handles).mapToInt(Handle::fileno).toArray());
    }
}
