package dev.hawser.select;

import dev.hawser.socket.HasFileno;

/**
 * A descriptor by its number alone: a standard stream, or one that somebody else opened. It is not owned, and never
 * closed here.
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * @param fileno the number
 */
public record Fd(int fileno) implements HasFileno {

    /** Standard input. */
    public static final Fd STDIN = new Fd(0);

    /** Standard output. */
    public static final Fd STDOUT = new Fd(1);

    /** Standard error. */
    public static final Fd STDERR = new Fd(2);

    /** Refuses a negative number. */
    public Fd {
        if (fileno < 0) {
            throw new IllegalArgumentException("a descriptor is not negative: " + fileno);
        }
    }

    /**
     * A descriptor by its number.
     *
     * @param fileno the number
     * @return the descriptor
     * @throws IllegalArgumentException if it is negative
     */
    public static Fd of(int fileno) {
        return new Fd(fileno);
    }
}
