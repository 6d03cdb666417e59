package dev.hawser.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time with its unit, such as {@code 10s}, {@code 500ms}, {@code 1.5s}, {@code 2m} or {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|s|m|h)");
    private static final int DIGITS_OF_NANOS = 9;

    @Override
    public Duration convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            String problem = text.matches("[0-9.]+") ? "has no unit" : "is no time";
            throw new TypeConversionException("'" + text + "' " + problem + ": write 10s, 500ms, 2m or 1h");
        }
        BigDecimal seconds = new BigDecimal(parts.group(1))
                .multiply(new BigDecimal(
                        switch (parts.group(2)) {
                            case "ms" -> "0.001";
                            case "s" -> "1";
                            case "m" -> "60";
                            default -> "3600";
                        }));
        if (seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            throw new TypeConversionException("'" + text + "' is too long: a week, 168h, is the longest");
        }
        return Duration.ofNanos(seconds.movePointRight(DIGITS_OF_NANOS).longValue());
    }
}
