package dev.hawser.select;

import static dev.hawser.select.SelectConstants.EPOLLIN;
import static dev.hawser.select.SelectConstants.POLLIN;

import dev.hawser.socket.HasFileno;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three raw forms of readiness, as ways to wait until one of some descriptors can be read. */
enum RawForm {
    SELECT {
        @Override
        Reading reading(List<? extends HasFileno> files) {
            return new Reading() {
                @Override
                public List<Integer> await(@Nullable Duration timeout) throws IOException {
                    return Select.<HasFileno>select(files, List.of(), List.of(), timeout).readers().stream()
                            .map(HasFileno::fileno)
                            .toList();
                }

                @Override
                public void close() {}
            };
        }
    },

    POLL {
        @Override
        Reading reading(List<? extends HasFileno> files) {
            Poll poll = new Poll();
            files.forEach(file -> poll.register(file, POLLIN));
            return new Reading() {
                @Override
                public List<Integer> await(@Nullable Duration timeout) throws IOException {
                    return numbers(poll.poll(timeout));
                }

                @Override
                public void close() {}
            };
        }
    },

    EPOLL {
        @Override
        Reading reading(List<? extends HasFileno> files) throws IOException {
            Epoll epoll = new Epoll();
            for (HasFileno file : files) {
                epoll.register(file, EPOLLIN);
            }
            return new Reading() {
                @Override
                public List<Integer> await(@Nullable Duration timeout) throws IOException {
                    return numbers(epoll.poll(timeout, files.size()));
                }

                @Override
                public void close() {
                    epoll.close();
                }
            };
        }
    };

    /** Descriptors that are waited for. */
    interface Reading extends Closeable {

        /** The numbers of those that can be read. */
        List<Integer> await(@Nullable Duration timeout) throws IOException;
    }

    abstract Reading reading(List<? extends HasFileno> files) throws IOException;

    private static List<Integer> numbers(List<ReadyFd> ready) {
        return ready.stream().map(ReadyFd::fd).toList();
    }
}
