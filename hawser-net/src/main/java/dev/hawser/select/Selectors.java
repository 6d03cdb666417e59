package dev.hawser.select;

import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.SocketError;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Opens selectors: the best that the kernel has.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Errors</h2>
 * An {@link IOException} tells what the kernel said, as where the process has no descriptor left.
 *
 * <h2>Platform notes</h2>
 * epoll(7) if the kernel has it, else poll(2), else select(2): each is tried, and passed over where the kernel answers ENOSYS, or a
 * sandbox EPERM. The system property {@code hawser.selector} decides instead: {@code epoll}, {@code poll} or {@code
 * select}; it is read each time.
 *
 * {@snippet file="dev/hawser/select/SelectorSnippetsTest.java" region="open"}
 */
public final class Selectors {

    /** The system property that names the backend of {@link #open}. */
    static final String PROPERTY = "hawser.selector";

    private Selectors() {}

    /**
     * Opens the selector that suits most programs.
     *
     * @return the selector, to be closed
     * @throws IllegalArgumentException if the system property names none
     * @throws IOException if the kernel refuses
     */
    public static Selector open() throws IOException {
        String name = System.getProperty(PROPERTY);
        return switch (name) {
            case null -> openBest();
            case "epoll" -> EpollSelector.open();
            case "poll" -> PollSelector.open();
            case "select" -> SelectSelector.open();
            default ->
                throw new IllegalArgumentException(
                        "the system property " + PROPERTY + " is epoll, poll or select, not \"" + name + "\"");
        };
    }

    private static Selector openBest() throws IOException {
        try {
            return EpollSelector.open();
        } catch (IOException e) {
            if (!isMissing(e)) {
                throw e;
            }
        }
        int polled = SystemCalls.installed().poll(MemorySegment.NULL, 0, 0);
        return isMissing(-polled) ? SelectSelector.open() : PollSelector.open();
    }

    private static boolean isMissing(IOException failure) {
        return failure instanceof SocketError error && isMissing(error.errno());
    }

    private static boolean isMissing(int errno) {
        return errno == Errno.ENOSYS || errno == Errno.EPERM;
    }
}
