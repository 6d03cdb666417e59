package dev.hawser.reactor;

import dev.hawser.posix.Abi;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.HasFileno;
import java.io.Closeable;
import java.nio.file.Path;

/** A file of the file system, by its descriptor. */
record OpenFile(int fileno) implements HasFileno, Closeable {

    static OpenFile create(Path path) {
        int flags = Abi.value("O_RDWR") | Abi.value("O_CREAT") | Abi.value("O_CLOEXEC");
        int fd = SystemCalls.installed().open(path.toString(), flags, 0600);
        if (fd < 0) {
            throw new AssertionError("open: " + fd);
        }
        return new OpenFile(fd);
    }

    @Override
    public void close() {
        SystemCalls.installed().close(fileno);
    }
}
