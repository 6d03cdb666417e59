package dev.hawser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that every scenario has: how long to measure, and where. */
final class RunOptions {
    private static final Pattern TWO_NUMBERS = Pattern.compile("\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*");
    private static final int MAX_ROUNDS = 1_000;
    private static final double MAX_SECONDS = 3_600;
    private static final double MILLIS_PER_SECOND = 1e3;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of one measured window. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--rounds", paramLabel = "N", description = "Windows for each server. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "5",
            description = "Seconds of CPU time that each server warms up for. Default: ${DEFAULT-VALUE}.")
    private double warmup;

    @Option(
            names = "--cores",
            paramLabel = "SERVER,LOAD",
            defaultValue = "0,1",
            description = "The core of the servers and that of the load. Default: ${DEFAULT-VALUE}.")
    private String cores = "";

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes every window's figures there, as JSON.")
    private String json = "";

    /** With the defaults of a scenario. */
    RunOptions(double seconds, int rounds) {
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Empty for none. */
    String json() {
        return json;
    }

    /** Which windows there are, in words. */
    String describe() {
        return "%d rounds of %s s, after %s s of warm-up each".formatted(rounds, number(seconds), number(warmup));
    }

    /**
     * The plan of these options.
     *
     * @throws IllegalArgumentException for a value that will not do
     */
    BenchPlan plan(Load load, List<Entrant> servers) throws IOException {
        require(rounds >= 1 && rounds <= MAX_ROUNDS, "--rounds must be 1 to " + MAX_ROUNDS + ", not " + rounds);
        require(isSeconds(seconds) && seconds >= 0.1, "--seconds must be 0.1 to 3600, not " + number(seconds));
        require(isSeconds(warmup), "--warmup must be 0 to 3600, not " + number(warmup));
        requireWritable(json);
        return new BenchPlan(load, servers, rounds, duration(warmup), duration(seconds), cores(cores));
    }

    private static BenchPlan.Cores cores(String pair) throws IOException {
        Matcher numbers = TWO_NUMBERS.matcher(pair);
        require(numbers.matches(), "--cores must be two numbers, as in 0,1, not '" + pair + "'");
        return new BenchPlan.Cores(core(numbers.group(1)), core(numbers.group(2)));
    }

    private static int core(String number) throws IOException {
        int core = Integer.parseInt(number);
        require(Pinning.isUsable(core), "--cores: there is no core " + core + " to run on");
        return core;
    }

    private static void requireWritable(String file) {
        if (!file.isEmpty()) {
            Path directory = Path.of(file).toAbsolutePath().getParent();
            boolean writable = directory != null && Files.isWritable(directory) && !Files.isDirectory(Path.of(file));
            require(writable, "--json: cannot write " + file);
        }
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean isSeconds(double value) {
        return value >= 0 && value <= MAX_SECONDS;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
