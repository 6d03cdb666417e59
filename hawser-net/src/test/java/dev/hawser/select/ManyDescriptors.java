package dev.hawser.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Counters of eventfd(2), none of which can be read yet. */
final class ManyDescriptors implements AutoCloseable {

    private final List<Fd> files = new ArrayList<>();

    private ManyDescriptors() {}

    /** Opens them; the test is skipped where a process may not have so many. */
    static ManyDescriptors open(int count) {
        ManyDescriptors many = new ManyDescriptors();
        for (int i = 0; i < count; i++) {
            int fd = SystemCalls.LIBC.eventFd(0, Abi.value("EFD_CLOEXEC") | Abi.value("EFD_NONBLOCK"));
            if (fd < 0) {
                many.close();
                abort("no " + count + " descriptors: " + Errno.describe(-fd));
            }
            many.files.add(Fd.of(fd));
        }
        return many;
    }

    List<Fd> files() {
        return files;
    }

    void makeReadable(int index) {
        assertThat(SystemCalls.LIBC.write(files.get(index).fileno(), MemorySegment.ofArray(new long[] {1})))
                .isEqualTo(Long.BYTES);
    }

    @Override
    public void close() {
        files.forEach(file -> SystemCalls.LIBC.close(file.fileno()));
        files.clear();
    }
}
