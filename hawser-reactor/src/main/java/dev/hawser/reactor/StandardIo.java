package dev.hawser.reactor;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Errno;
import dev.hawser.socket.ErrorDetails;
import dev.hawser.socket.SocketFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Opens standard input and output as a connection.
 *
 * <p>O_NONBLOCK belongs to an open file, which other processes have as well, such as the shell: it is never set on what was inherited. A terminal or a
 * pipe is opened anew, by its name in /proc/self/fd, as an open file of this process's own. That cannot be done with a socket, but its calls may say
 * each for itself that they must not wait. A regular file never makes anybody wait for long, and must not be opened anew, for its position is shared.
 * What cannot be opened anew, as the terminal of another user, is read and written as it is, when it is ready.
 */
final class StandardIo {

    private static final int INPUT = 0;
    private static final int OUTPUT = 1;

    private static final int FILE_TYPE = 0xf000;
    private static final int SOCKET = 0xc000;
    private static final int REGULAR = 0x8000;

    private static final int FLAGS = Abi.value("O_NONBLOCK") | Abi.value("O_NOCTTY") | Abi.value("O_CLOEXEC");

    /** There is one standard input in a process, and two that read it get half each. */
    private static final AtomicBoolean IN_USE = new AtomicBoolean();

    private StandardIo() {}

    static Transport open(LoopReactor reactor, Protocol protocol) throws IOException {
        reactor.requireThread();
        Objects.requireNonNull(protocol);
        if (!IN_USE.compareAndSet(false, true)) {
            throw new IllegalStateException("standard input and output are a connection already: one at a time");
        }
        boolean open = false;
        try {
            Transport made = PipeConnection.open(
                    reactor, protocol, StandardIo::input, StandardIo::output, () -> IN_USE.set(false));
            open = true;
            return made;
        } finally {
            if (!open) {
                IN_USE.set(false);
            }
        }
    }

    private static PipeEnd input() throws IOException {
        return switch (type(INPUT)) {
            case SOCKET -> new PipeEnd.SharedSocket(SystemCalls.installed(), INPUT);
            case REGULAR -> PipeEnd.Plain.ofInput();
            default -> {
                PipeEnd anew = openAnew(INPUT, Abi.value("O_RDONLY"));
                yield anew == null ? PipeEnd.Plain.ofInput() : anew;
            }
        };
    }

    private static PipeEnd output() throws IOException {
        return switch (type(OUTPUT)) {
            case SOCKET -> new PipeEnd.SharedSocket(SystemCalls.installed(), OUTPUT);
            case REGULAR -> PipeEnd.Plain.ofOutput(true);
            default -> {
                PipeEnd anew = openAnew(OUTPUT, Abi.value("O_WRONLY"));
                yield anew == null ? PipeEnd.Plain.ofOutput(false) : anew;
            }
        };
    }

    private static Path path(int fd) {
        return Path.of("/proc/self/fd/" + fd);
    }

    private static int type(int fd) throws IOException {
        try {
            return (int) Objects.requireNonNull(Files.getAttribute(path(fd), "unix:mode")) & FILE_TYPE;
        } catch (NoSuchFileException e) {
            throw new SocketFailedException(new ErrorDetails(
                    "standardIo", "descriptor " + fd, null, null, "fstat", Errno.EBADF, "EBADF: it is closed"));
        }
    }

    /** Null where the kernel refuses. */
    private static @Nullable PipeEnd openAnew(int fd, int access) {
        SystemCalls calls = SystemCalls.installed();
        int anew = calls.open(path(fd).toString(), access | FLAGS, 0);
        return anew < 0 ? null : new PipeEnd.Own(calls, anew);
    }
}
