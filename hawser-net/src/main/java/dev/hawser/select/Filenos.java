package dev.hawser.select;

import dev.hawser.socket.HasFileno;
import org.jspecify.annotations.Nullable;

/** The numbers of what callers give. */
final class Filenos {

    /** Of one that is closed, where it was to be waited for. */
    static final String NO_WAIT = "and cannot be waited for";

    private Filenos() {}

    /**
     * The number.
     *
     * @param file what has it
     * @param name how the caller knows it
     * @param whenClosed what that means for the caller, or what to do
     * @throws IllegalArgumentException if it is null, or closed
     */
    static int of(@Nullable HasFileno file, String name, String whenClosed) {
        int fd = given(file, name).fileno();
        if (fd < 0) {
            throw new IllegalArgumentException(name + " is closed, " + whenClosed + ": " + file);
        }
        return fd;
    }

    /**
     * What the caller gives, closed or not.
     *
     * @throws IllegalArgumentException if it is null
     */
    static HasFileno given(@Nullable HasFileno file, String name) {
        if (file == null) {
            throw new IllegalArgumentException(name + " is null: give a socket, or Fd.of(a number)");
        }
        return file;
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
