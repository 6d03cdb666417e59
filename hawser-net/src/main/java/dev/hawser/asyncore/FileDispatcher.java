package dev.hawser.asyncore;

import dev.hawser.socket.HasFileno;
import java.io.IOException;

/**
 * A dispatcher of any descriptor that can be waited for: a pipe, a terminal, a standard stream. {@code recv} is read(2), and {@code send}
 * is write(2); what sockets alone have is refused with an {@link IllegalStateException}.
 *
 * <p>Threading, timeouts and errors are as for {@link Dispatcher}. The end of a pipe, and of a terminal whose other side is gone
 * (EIO), call {@link #handleClose}.
 *
 * <h2>Platform notes</h2>
 * The dispatcher has a duplicate, close-on-exec, and what it was given stays the caller's: either may be closed first. O_NONBLOCK
 * belongs to both of them, and to all processes that have the terminal or the pipe: where it was not set, it is while a
 * dispatcher has it, and {@link #close} takes it back. A process that is killed does not come to that. A regular file is refused: epoll(7) does
 * not take it, and reading one waits for the disk.
 *
 * <p>Source: {@code asyncore.file_dispatcher}, {@code asyncore.file_wrapper}; dup(2), read(2), write(2).
 *
 * {@snippet file="dev/hawser/asyncore/AsyncoreSnippetsTest.java" region="file"}
 */
public class FileDispatcher extends Dispatcher {

    /**
     * A dispatcher of a file.
     *
     * @param loop the loop to belong to
     * @param file what has the descriptor, such as {@link dev.hawser.select.Fd#STDIN}
     * @throws IllegalArgumentException if it is closed, or a file that cannot be waited for
     * @throws IOException if the kernel refuses: EBADF, EMFILE
     */
    @SuppressWarnings("this-escape") // the loop calls a handler in its next turn, which this thread or a later one runs
    public FileDispatcher(AsyncLoop loop, HasFileno file) throws IOException {
        super(loop);
        FileWrapper wrapper = FileWrapper.duplicate(file.fileno());
        try {
            open(wrapper, State.CONNECTED);
        } catch (RuntimeException e) {
            wrapper.close();
            throw e;
        }
    }
}
