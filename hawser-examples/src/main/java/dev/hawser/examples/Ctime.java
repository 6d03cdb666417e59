package dev.hawser.examples;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;

/** The time as C's ctime(3) writes it, {@code Sun Nov  2 09:05:01 2026}: English and ASCII, whatever the locale. */
public final class Ctime {

    /** The length of {@code [Sun Nov  2 09:05:01 2026] }. */
    public static final int STAMP_BYTES = 27;

    // Spelled out: Java's own names depend on the version of its locale data ("Sep" became "Sept" in some).
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private Ctime() {}

    /** The 24 characters for a time; a day below ten is padded with a space. */
    public static String of(ZonedDateTime time) {
        return String.format(
                Locale.ROOT,
                "%s %s %2d %02d:%02d:%02d %d",
                DAYS[time.getDayOfWeek().getValue() - 1],
                MONTHS[time.getMonthValue() - 1],
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getYear());
    }

    /** What a time server answers: the clock's time in brackets, a space, and the message as it came. */
    public static byte[] stamp(Clock clock, byte[] message) {
        byte[] stamp = ("[" + of(ZonedDateTime.now(clock)) + "] ").getBytes(StandardCharsets.US_ASCII);
        byte[] answer = Arrays.copyOf(stamp, stamp.length + message.length);
        System.arraycopy(message, 0, answer, stamp.length, message.length);
        return answer;
    }
}
