package dev.hawser.socket;

import java.util.function.Function;

/**
 * A socket option with the type of its value. {@link SocketOptions} has those that the man pages document; any other
 * is set and read through the raw forms of {@link Socket#setSockOpt(int, int, byte[])}.
 *
 * <p>Immutable.
 *
 * @param name the C name
 * @param type the type of the value
 * @param level the SOL_* or IPPROTO_* level
 * @param option the number within the level
 * @param maxBytes the most bytes that the kernel's value takes
 * @param encoder makes the kernel's bytes of a value
 * @param decoder makes a value of the kernel's bytes
 * @param <T> the type of the value
 */
public record SocketOption<T>(
        String name,
        Class<T> type,
        int level,
        int option,
        int maxBytes,
        Function<T, byte[]> encoder,
        Function<byte[], T> decoder)
        implements java.net.SocketOption<T> {

    @Override
    public String toString() {
        return name;
    }
}
