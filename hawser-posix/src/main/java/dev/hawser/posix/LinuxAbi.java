package dev.hawser.posix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of Linux's C headers, for x86-64 and aarch64 side by side.
 *
 * <p>A line of a table is a C expression, its value on x86-64, and its value on aarch64 where that differs:
 *
 * <pre>{@code
 * # <sys/epoll.h>
 * EPOLLET 0x80000000
 * sizeof(struct epoll_event) 12 16
 * }</pre>
 *
 * <p>The left column is C to the letter, so that a compiler can be asked whether the value is right. A comment in angle
 * brackets names the header, or headers, of the lines that follow; any other comment is for the reader. Numbers are decimal, or
 * hexadecimal with {@code 0x}; those that C holds unsigned keep their 32 bits.
 */
final class LinuxAbi {
    static final List<String> TABLES = List.of(
            LinuxSocketAbi.TABLE,
            LinuxInetAbi.TABLE,
            LinuxOptionAbi.TABLE,
            LinuxFamiliesAbi.TABLE,
            LinuxNetlinkAbi.TABLE,
            LinuxBluetoothAbi.TABLE,
            LinuxFileAbi.TABLE);

    private static final int EXPECTED_LINES = 1500;

    private LinuxAbi() {}

    /** Reads one column of all the tables. This runs at start-up, cold: hence neither streams nor regular expressions. */
    static Map<String, Integer> read(List<String> tables, boolean aarch64) {
        Map<String, Integer> values = HashMap.newHashMap(EXPECTED_LINES);
        for (String table : tables) {
            int start = 0;
            while (start < table.length()) {
                int newline = table.indexOf('\n', start);
                int end = newline < 0 ? table.length() : newline;
                if (end > start && table.charAt(start) != '#') {
                    readLine(table, start, end, aarch64, values);
                }
                start = end + 1;
            }
        }
        return values;
    }

    private static void readLine(String table, int start, int end, boolean aarch64, Map<String, Integer> values) {
        int last = table.lastIndexOf(' ', end - 1);
        int previous = table.lastIndexOf(' ', last - 1);
        boolean twoValues = previous > start && startsNumber(table.charAt(previous + 1));
        String expression = table.substring(start, twoValues ? previous : last);
        int value = twoValues && !aarch64 ? parseNumber(table, previous + 1, last) : parseNumber(table, last + 1, end);
        values.put(expression, value);
    }

    /** Tells a first value from the second word of {@code sizeof(struct iovec)}. */
    private static boolean startsNumber(char c) {
        return c == '-' || (c >= '0' && c <= '9');
    }

    private static int parseNumber(String table, int from, int to) {
        return table.startsWith("0x", from)
                ? Integer.parseUnsignedInt(table, from + 2, to, 16)
                : Integer.parseInt(table, from, to, 10);
    }
}
