package dev.hawser.reactor.amp;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates in AMP: {@code 2012-01-23T12:34:56.054321-01:23}, always 32 characters. An offset of zero has a minus there. */
final class AmpDateTime {

    static final AmpType<OffsetDateTime> TYPE = AmpTypes.ofText(AmpDateTime::write, AmpDateTime::read);

    private static final Pattern FORMAT =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)\\.(\\d{6})([+-])(\\d\\d):(\\d\\d)");

    private AmpDateTime() {}

    private static String write(OffsetDateTime value) {
        if (value.getYear() < 1 || value.getYear() > 9999) {
            throw new IllegalArgumentException("a date of AMP has a year from 1 to 9999, not " + value.getYear());
        }
        int minutes = Math.floorDiv(value.getOffset().getTotalSeconds(), 60);
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d.%06d%s%02d:%02d",
                value.getYear(),
                value.getMonthValue(),
                value.getDayOfMonth(),
                value.getHour(),
                value.getMinute(),
                value.getSecond(),
                value.getNano() / 1000,
                minutes > 0 ? "+" : "-",
                Math.abs(minutes) / 60,
                Math.abs(minutes) % 60);
    }

    private static OffsetDateTime read(String text) {
        Matcher fields = FORMAT.matcher(text);
        if (!fields.matches()) {
            throw AmpTypes.bad("date of AMP", text);
        }
        int sign = fields.group(8).equals("-") ? -1 : 1;
        try {
            return OffsetDateTime.of(
                    number(fields, 1),
                    number(fields, 2),
                    number(fields, 3),
                    number(fields, 4),
                    number(fields, 5),
                    number(fields, 6),
                    number(fields, 7) * 1000,
                    ZoneOffset.ofHoursMinutes(sign * number(fields, 9), sign * number(fields, 10)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("this is no date that Java has: " + text, e);
        }
    }

    private static int number(Matcher fields, int group) {
        return Integer.parseInt(fields.group(group));
    }
}
