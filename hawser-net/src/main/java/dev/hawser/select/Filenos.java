package dev.hawser.select;

import dev.hawser.socket.HasFileno;
import org.jspecify.annotations.Nullable;

/** The numbers of what callers give. */
final class Filenos {

    private Filenos() {}

    /**
     * The number.
     *
     * @param file what has it
     * @param name how the caller knows it
     * @throws IllegalArgumentException if it is null, or closed
     */
    static int of(@Nullable HasFileno file, String name) {
        if (file == null) {
            throw new IllegalArgumentException(name + " is null: give a socket, or Fd.of(a number)");
        }
        int fd = file.fileno();
        if (fd < 0) {
            throw new IllegalArgumentException(name + " is closed, take it out: " + file);
        }
        return fd;
    }

    /**
     * The number, if it may be one.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static int of(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("a descriptor is not negative: " + fd);
        }
        return fd;
    }
}
