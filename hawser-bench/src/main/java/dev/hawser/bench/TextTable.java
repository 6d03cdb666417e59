package dev.hawser.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of cells as lines of text: the first column to the left, the others to the right, each as wide as it needs. */
final class TextTable {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    /** A row may be shorter than others, and its last cell longer than its column if it is the second: a remark. */
    List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns)
                .map(column -> width(column, columns))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int width(int column, int columns) {
        return rows.stream()
                .filter(row -> row.size() == columns || column == 0)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        String name = row.getFirst() + " ".repeat(widths[0] - row.getFirst().length());
        if (row.size() < widths.length) {
            return (name + GAP + String.join(GAP, row.subList(1, row.size()))).stripTrailing();
        }
        return name
                + IntStream.range(1, row.size())
                        .mapToObj(column -> GAP
                                + " ".repeat(widths[column] - row.get(column).length())
                                + row.get(column))
                        .collect(Collectors.joining());
    }
}
