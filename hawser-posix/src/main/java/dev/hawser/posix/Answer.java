package dev.hawser.posix;

import org.jspecify.annotations.Nullable;

/**
 * What a function of libc answered that gives more than a number.
 *
 * @param code 0, or what the function calls its error: an EAI_* code, an h_errno, an errno
 * @param errno the system error where the code is EAI_SYSTEM or NETDB_INTERNAL, else 0
 * @param value the answer; null where the code is not 0, and where nothing was found
 * @param <T> the type of the answer
 */
public record Answer<T>(int code, int errno, @Nullable T value) {

    /** A success. */
    public static <T> Answer<T> of(T value) {
        return new Answer<>(0, 0, value);
    }

    /** A failure. */
    public static <T> Answer<T> failed(int code, int errno) {
        return new Answer<>(code, errno, null);
    }

    /** No failure, but nothing of that name either. */
    public static <T> Answer<T> nothing() {
        return new Answer<>(0, 0, null);
    }
}
