package dev.hawser.reactor.amp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Floating point as Python's {@code repr} has it: the fewest digits that are read back as the same number. */
final class PythonFloat {

    /** Below this power of ten there is an exponent, and from the other on. */
    private static final int LEAST_PLAIN = -4;

    private static final int MOST_PLAIN = 16;

    private PythonFloat() {}

    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double size = Math.abs(value);
        if (Double.isInfinite(size)) {
            return sign + "inf";
        }
        return sign + (size == 0 ? "0.0" : digits(size));
    }

    private static String digits(double size) {
        BigDecimal shortest = shortest(size).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int power = shortest.precision() - shortest.scale() - 1;
        if (power < LEAST_PLAIN || power >= MOST_PLAIN) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return String.format(Locale.ROOT, "%c%se%+03d", digits.charAt(0), fraction, power);
        }
        String plain = shortest.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /** Java's own has two digits at least, where one may do. */
    private static BigDecimal shortest(double size) {
        BigDecimal two = new BigDecimal(Double.toString(size));
        BigDecimal one = new BigDecimal(size).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return one.doubleValue() == size ? one : two;
    }

    static Double parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
        boolean negative = lower.startsWith("-");
        return switch (unsigned) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            default -> {
                if (!AmpTypes.isNumber(text)) {
                    throw AmpTypes.bad("floating point number", text);
                }
                yield Double.valueOf(text);
            }
        };
    }
}
