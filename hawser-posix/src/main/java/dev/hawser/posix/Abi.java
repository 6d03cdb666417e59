package dev.hawser.posix;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the platform: constants, struct sizes and field offsets, looked up by their C expression.
 *
 * <p>The expression is written as the table has it: {@code AF_UNIX}, {@code sizeof(struct epoll_event)},
 * {@code offsetof(struct epoll_event,data)}. Unsigned 32-bit constants such as {@code EPOLLET} are the {@code int} of the
 * same bits. A look-up searches a map, so callers keep the answer in a {@code static final} field.
 *
 * <p><b>Threading:</b> immutable, for any thread.
 *
 * <p><b>Platform notes:</b> where {@link #unsupported()} has something to say, the class still loads and gives the numbers
 * of Linux on x86-64, so that code which only mentions a constant runs anywhere.
 *
 * <p>Source: the headers of glibc and Linux, each named in the table beside its lines.
 */
public final class Abi {
    private static final String OS_NAME = System.getProperty("os.name", "");
    private static final String OS_ARCH = System.getProperty("os.arch", "");

    private static final Map<String, Integer> VALUES = Collections.unmodifiableMap(valuesOn(OS_NAME, OS_ARCH));

    private Abi() {}

    /**
     * Gives the value of a constant, a {@code sizeof} or an {@code offsetof} on this platform.
     *
     * @throws IllegalArgumentException if the table has no such expression; the message names it
     */
    public static int value(String cExpression) {
        Integer value = VALUES.get(cExpression);
        if (value == null) {
            throw new IllegalArgumentException("No value is known for the C expression: " + cExpression);
        }
        return value;
    }

    /** Tells whether {@link #value} knows the C expression. */
    public static boolean has(String cExpression) {
        return VALUES.containsKey(cExpression);
    }

    /** Gives every C expression with its value on this platform, in no particular order; the map cannot be changed. */
    public static Map<String, Integer> all() {
        return VALUES;
    }

    /**
     * Says in one sentence why Hawser cannot work on this operating system and processor, or gives null where it can.
     * For example: {@code Hawser needs Linux on x86-64 or aarch64; this is Mac OS X on aarch64}.
     */
    public static @Nullable String unsupported() {
        return unsupported(OS_NAME, OS_ARCH);
    }

    /** Judges the values of the system properties {@code os.name} and {@code os.arch}. */
    static @Nullable String unsupported(String osName, String osArch) {
        return isLinux(osName) && (isX8664(osArch) || isAarch64(osArch))
                ? null
                : "Hawser needs Linux on x86-64 or aarch64; this is " + osName + " on " + osArch;
    }

    /** Picks the column for the values of {@code os.name} and {@code os.arch}. */
    static Map<String, Integer> valuesOn(String osName, String osArch) {
        return LinuxAbi.read(LinuxAbi.TABLES, isLinux(osName) && isAarch64(osArch));
    }

    private static boolean isLinux(String osName) {
        return osName.equals("Linux");
    }

    private static boolean isX8664(String osArch) {
        return osArch.equals("amd64") || osArch.equals("x86_64");
    }

    private static boolean isAarch64(String osArch) {
        return osArch.equals("aarch64");
    }
}
