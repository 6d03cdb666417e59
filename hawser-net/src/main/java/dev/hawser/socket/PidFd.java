package dev.hawser.socket;

import dev.hawser.netpoll.Handle;
import dev.hawser.posix.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
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
public final class PidFd implements Closeable {

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
    public int fileno() {
        return handle.fileno();
    }

    /**
     * The number of the process.
     *
     * @return the number; 0 where the process is in another pid namespace; -1 where it has ended, and its parent knows
     * @throws IOException if the descriptor is closed, or /proc cannot be read
     */
    public int pid() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/fdinfo/" + fileno()));
        return lines.stream()
                .filter(line -> line.startsWith(PID))
                .mapToInt(line -> Integer.parseInt(line.substring(PID.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc says of no process behind descriptor " + fileno()));
    }

    /** Closes the descriptor; the process goes on. Closing twice is fine. */
    @Override
    public void close() {
        handle.close(false);
    }

    @Override
    public String toString() {
        return fileno() < 0 ? "PidFd[closed]" : "PidFd[fd=" + fileno() + "]";
    }
}
