package dev.hawser.socket;

/**
 * What has a descriptor: a socket, a standard stream, or a number alone. It can be waited for with
 * {@code dev.hawser.select}.
 *
 * <h2>Threading</h2>
 * The number may change to -1 at any time, when another thread closes what it is of.
 *
 * <p>Source: Python's {@code fileno()}, "an integer file descriptor, or any object with a fileno() method".
 */
@FunctionalInterface
public interface HasFileno {

    /**
     * The number of the descriptor.
     *
     * @return the number, or -1 where it is closed
     */
    int fileno();
}
