package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.posix.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A descriptor of a process, a pidfd: the value of SO_PEERPIDFD. It stands for one process for as long as it is open; a
 * number may be another process's by then. Close it.
 *
 * <p><b>Threading:</b> safe from any thread.
 *
 * <p><b>Platform notes:</b> the descriptor is close-on-exec. One that is lost without being closed is closed and reported,
 * as a socket is.
 *
 * <p>Source: pidfd_open(2).
 */
public final class PidFd implements Closeable, HasFileno {

    static final OptionCodec<PidFd> CODEC = new OptionCodec<>(
            PidFd.class,
            Integer.BYTES,
            Integer.BYTES,
            null,
            (bytes, calls) -> new PidFd(calls, CBytes.of(bytes).getInt()));

    private static final String PID = "Pid:";

    private final Handle handle;

    private PidFd(SystemCalls calls, int fd) {
        this.handle = Handle.open(calls, fd);
    }

    /**
     * The number of the descriptor, for pidfd_send_signal(2), waitid(2) and their kin.
     *
     * @return the number, or -1 where it is closed
     */
    @Override
    public int fileno() {
        return handle.fileno();
    }

    /**
     * The number of the process.
     *
     * @return the number; 0 where the process is in another pid namespace; -1 where it has ended, and its parent knows
     * @throws SocketClosedException if the descriptor is closed
     * @throws IOException if /proc cannot be read
     */
    public int pid() throws IOException {
        int fd = fileno();
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd));
        } catch (NoSuchFileException e) {
            throw handle.isClosed() ? closed() : e;
        }
        // Still open, it was so all the time, and the number was no other descriptor's.
        if (handle.isClosed()) {
            throw closed();
        }
        return lines.stream()
                .filter(line -> line.startsWith(PID))
                .mapToInt(line -> Integer.parseInt(line.substring(PID.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc says of no process behind descriptor " + fd));
    }

    private static IOException closed() {
        return Errors.ofClosed("pid", "pidfd", "the descriptor of the process is closed");
    }

    /** Closes the descriptor; the process goes on. Closing twice is fine. */
    @Override
    public void close() {
        handle.close(false);
    }

    @Override
    public String toString() {
        int fd = fileno();
        return fd < 0 ? "PidFd[closed]" : "PidFd[fd=" + fd + "]";
    }
}
