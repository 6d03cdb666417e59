package dev.hawser.cli;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds, such as {@code 2} or {@code 0.5}. */
final class SecondsConverter implements ITypeConverter<Duration> {
    private static final int MILLIS = 1000;
    private static final int MAX_SECONDS = 86_400;

    @Override
    public Duration convert(String text) {
        if (text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")) {
            long millis = new BigDecimal(text).movePointRight(3).longValueExact();
            if (millis > 0 && millis <= MAX_SECONDS * (long) MILLIS) {
                return Duration.ofMillis(millis);
            }
        }
        throw new TypeConversionException(
                "'" + text + "' is not a number of seconds, such as 2 or 0.5, up to " + MAX_SECONDS);
    }
}
