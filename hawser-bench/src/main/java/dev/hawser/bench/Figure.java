package dev.hawser.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A column of the report: one figure of a {@link Window}, told over the rounds. */
enum Figure {
    ANSWERS_PER_SECOND("%ss/s", "%,.0f", Window::answersPerSecond),
    CPU_PER_ANSWER("CPU us/%s", "%.2f", Window::cpuMicrosPerAnswer),
    P50("p50 us", "%,.0f", Window::p50Micros),
    P99("p99 us", "%,.0f", Window::p99Micros),
    P999("p99.9 us", "%,.0f", Window::p999Micros),
    MAX("max us", "%,.0f", Window::maxMicros) {
        // The one client that waited is not to be averaged away.
        @Override
        double overRounds(List<Window> windows) {
            return max(windows);
        }

        @Override
        double ratio(List<Window> windows, List<Window> reference) {
            return max(windows) / max(reference);
        }
    };

    private final String title;
    private final String format;

    @SuppressWarnings("ImmutableEnumChecker") // a method of Window: it has no state
    private final ToDoubleFunction<Window> value;

    Figure(String title, String format, ToDoubleFunction<Window> value) {
        this.title = title;
        this.format = format;
        this.value = value;
    }

    /** With {@code unit} for what is counted: a message, a request. */
    String title(String unit) {
        return title.formatted(unit);
    }

    /** The median, where nothing else is said. */
    double overRounds(List<Window> windows) {
        return median(windows.stream().mapToDouble(value).toArray());
    }

    double min(List<Window> windows) {
        return windows.stream().mapToDouble(value).min().orElseThrow();
    }

    double max(List<Window> windows) {
        return windows.stream().mapToDouble(value).max().orElseThrow();
    }

    /**
     * How {@code windows} stand to those of a {@code reference} server: the median of the rounds' ratios. Two windows of
     * one round lie seconds apart, so that a machine which slows down for a while slows down both.
     */
    double ratio(List<Window> windows, List<Window> reference) {
        return median(IntStream.range(0, windows.size())
                .mapToDouble(
                        round -> value.applyAsDouble(windows.get(round)) / value.applyAsDouble(reference.get(round)))
                .toArray());
    }

    String format(double figure) {
        return String.format(Locale.ROOT, format, figure);
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
