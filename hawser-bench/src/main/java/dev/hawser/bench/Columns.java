package dev.hawser.bench;

import java.util.List;

/**
 * How the windows of a scenario are told.
 *
 * @param unit what is counted, in the singular
 * @param figures the columns
 */
record Columns(String unit, List<Figure> figures) {
    Columns {
        figures = List.copyOf(figures);
    }

    List<String> titles() {
        return figures.stream().map(figure -> figure.title(unit)).toList();
    }
}
