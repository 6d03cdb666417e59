package dev.hawser.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The outcome of a run as text: the figures of each server, then their ratios to each reference server. */
final class Report {
    private static final int PERCENT = 100;

    private static final double QUIET_ENOUGH = 0.05;

    private final Columns columns;
    private final List<ServerResult> results;

    Report(Columns columns, List<ServerResult> results) {
        this.columns = columns;
        this.results = List.copyOf(results);
    }

    List<String> lines(List<String> references) {
        List<String> lines = new ArrayList<>(figures());
        for (String reference : references) {
            lines.add("");
            lines.addAll(ratios(reference));
        }
        if (results.stream().anyMatch(result -> result.idle() > 0)) {
            lines.add("");
            lines.addAll(idleRatios());
            lines.add("");
            lines.addAll(idleMemory());
        }
        lines.add("");
        lines.addAll(legend());
        return lines;
    }

    private List<String> figures() {
        TextTable table = new TextTable();
        table.row(titles());
        for (ServerResult result : results) {
            if (result.isComplete()) {
                table.row(figures(result));
            } else {
                table.row(result.label(), result.outcome() + ": " + result.reason());
            }
        }
        return table.lines();
    }

    private List<String> titles() {
        List<String> cells = new ArrayList<>(List.of("server"));
        for (Figure figure : columns.figures()) {
            cells.add(figure.title(columns.unit()));
            if (figure == Figure.CPU_PER_ANSWER) {
                cells.add("(min..max)");
            }
        }
        cells.add("busy");
        return cells;
    }

    private List<String> figures(ServerResult result) {
        List<String> cells = new ArrayList<>();
        cells.add(result.label());
        for (Figure figure : columns.figures()) {
            cells.add(figure.format(figure.overRounds(result.windows())));
            if (figure == Figure.CPU_PER_ANSWER) {
                cells.add("(" + figure.format(figure.min(result.windows())) + ".."
                        + figure.format(figure.max(result.windows())) + ")");
            }
        }
        cells.add(percent(busy(result)));
        return cells;
    }

    private List<String> ratios(String reference) {
        Optional<ServerResult> base = withoutIdle(reference);
        if (base.isEmpty()) {
            return List.of("ratio to " + reference + ": blank, as it was not measured");
        }
        TextTable table = tableOfRatios("ratio to " + reference);
        results.stream()
                .filter(ServerResult::isComplete)
                .forEach(result -> table.row(ratios(result, base.orElseThrow())));
        return table.lines();
    }

    /** What idle connections cost: each server that held some, against itself without. */
    private List<String> idleRatios() {
        TextTable table = tableOfRatios("ratio to itself without idle");
        for (ServerResult result : results) {
            if (result.idle() > 0 && result.isComplete()) {
                withoutIdle(result.server()).ifPresent(base -> table.row(ratios(result, base)));
            }
        }
        return table.lines();
    }

    /** What the process holds for one of them when its garbage is collected. */
    private List<String> idleMemory() {
        TextTable table = new TextTable();
        table.row("memory per idle connection", "bytes", "on the heap", "elsewhere");
        for (ServerResult result : results) {
            IdleMemory memory = result.memory();
            if (memory != null) {
                table.row(
                        result.label(),
                        bytes(memory.bytesPerConnection()),
                        bytes(memory.heapBytesPerConnection()),
                        bytes(memory.otherBytesPerConnection()));
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                "Of all but the first quarter of them; the kernel's part is not in it. Elsewhere: a JVM's own memory, too, which comes "
                        + "and goes by some megabytes.");
        return lines;
    }

    private static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f", bytes);
    }

    private Optional<ServerResult> withoutIdle(String server) {
        return results.stream()
                .filter(result -> result.server().equals(server) && result.idle() == 0)
                .filter(ServerResult::isComplete)
                .findFirst();
    }

    private TextTable tableOfRatios(String title) {
        TextTable table = new TextTable();
        table.row(Stream.concat(Stream.of(title), columns.titles().stream()).toList());
        return table;
    }

    private List<String> ratios(ServerResult result, ServerResult base) {
        return Stream.concat(
                        Stream.of(result.label()),
                        columns.figures().stream().map(figure -> ratio(figure.ratio(result.windows(), base.windows()))))
                .toList();
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private List<String> legend() {
        List<String> lines = new ArrayList<>();
        lines.add("Medians over the rounds; ratios are medians of the rounds' own ratios."
                + (columns.figures().contains(Figure.MAX) ? " max: the longest of all rounds." : ""));
        lines.add(
                "CPU: user and system time of the server and of its processes. busy: the part of the time in which they ran.");
        double disturbed = results.stream()
                .flatMap(result -> result.windows().stream())
                .mapToDouble(Window::disturbed)
                .average()
                .orElse(0);
        lines.add("Other work held the load's core for " + percent(disturbed) + " of the time"
                + (disturbed > QUIET_ENOUGH ? ": this machine was NOT quiet, so expect noise." : "."));
        return lines;
    }

    private static double busy(ServerResult result) {
        return result.windows().stream().mapToDouble(Window::busy).average().orElse(0);
    }

    private static String percent(double part) {
        return Math.round(part * PERCENT) + "%";
    }
}
