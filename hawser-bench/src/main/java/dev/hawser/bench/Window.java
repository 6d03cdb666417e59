package dev.hawser.bench;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What one measured window of load on one server came to.
 *
 * @param answers that came, and were right
 * @param elapsedNanos how long that took
 * @param cpuNanos the server's CPU time meanwhile
 * @param loadCpuNanos that of the load, which never sleeps: what is missing was taken by other work on its core
 * @param latencies of the answers
 */
record Window(long answers, long elapsedNanos, long cpuNanos, long loadCpuNanos, Latencies latencies) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    double answersPerSecond() {
        return answers * NANOS_PER_SECOND / elapsedNanos;
    }

    double cpuMicrosPerAnswer() {
        return cpuNanos / NANOS_PER_MICRO / answers;
    }

    /** The part of the window in which the server ran: well below 1 means that the load could not keep it busy. */
    double busy() {
        return (double) cpuNanos / elapsedNanos;
    }

    /** The part of the window in which other work held the load's core. */
    double disturbed() {
        return Math.max(0, 1 - (double) loadCpuNanos / elapsedNanos);
    }

    double p50Micros() {
        return latencies.p50Nanos / NANOS_PER_MICRO;
    }

    double p99Micros() {
        return latencies.p99Nanos / NANOS_PER_MICRO;
    }

    double p999Micros() {
        return latencies.p999Nanos / NANOS_PER_MICRO;
    }

    double maxMicros() {
        return latencies.maxNanos / NANOS_PER_MICRO;
    }

    /** One line, as the load process sends it. */
    String toLine() {
        return LongStream.of(
                        answers,
                        elapsedNanos,
                        cpuNanos,
                        loadCpuNanos,
                        latencies.p50Nanos,
                        latencies.p99Nanos,
                        latencies.p999Nanos,
                        latencies.maxNanos)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Window fromLine(String line) {
        long[] values =
                Stream.of(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Window(
                values[0], values[1], values[2], values[3], new Latencies(values[4], values[5], values[6], values[7]));
    }

    /** The latencies that half, 99 % and 99.9 % of the answers did not exceed, and the longest. */
    record Latencies(long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {
        static Latencies of(Histogram nanos) {
            return new Latencies(
                    nanos.getValueAtPercentile(50),
                    nanos.getValueAtPercentile(99),
                    nanos.getValueAtPercentile(99.9),
                    nanos.getMaxValue());
        }
    }
}
